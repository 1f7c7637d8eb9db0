using System;
using System.Diagnostics.CodeAnalysis;
using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// The connections that have a block: by the number of the block, and by their ends. What is made for a block is used again for the
/// next connection that has it, so that memory grows with the most connections there ever were at once, and no further.
/// </summary>
/// <param name="blockLimit">How many blocks there can be.</param>
/// <param name="hash">Keyed with a secret, so that nobody can choose ends that all fall into one chain.</param>
internal sealed class ConnectionTable(uint blockLimit, SipHash hash)
{
    private const int SmallestSize = 64;

    private Connection?[] _byBlock = new Connection?[SmallestSize];
    private Connection?[] _chains = new Connection?[SmallestSize];

    // Of one that sends much many segments come in a row, and to find its chain costs more than all other looks at a segment.
    private Connection? _foundLast;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One more than the highest block that was ever used here.</summary>
    public uint End { get; private set; }

    /// <summary>Finds the connection that a segment belongs to.</summary>
    public bool TryFind(in TcpFlow flow, [NotNullWhen(true)] out Connection? connection)
    {
        connection = _foundLast;
        if (connection is not null && connection.Flow == flow)
        {
            return true;
        }

        connection = ChainOf(flow);
        while (connection is not null && connection.Flow != flow)
        {
            connection = connection.NextInChain;
        }

        _foundLast = connection;
        return connection is not null;
    }

    /// <summary>Finds the connection of a block. False if the block is not used.</summary>
    public bool TryGet(uint block, [NotNullWhen(true)] out Connection? connection)
    {
        connection = block < End ? _byBlock[block] : null;
        return connection is not null && connection.State != ConnectionState.None;
    }

    /// <summary>Makes a cleared connection for a block, which <see cref="Add"/> then makes known. False if the number is impossible.</summary>
    public bool TryPrepare(uint block, [NotNullWhen(true)] out Connection? connection)
    {
        connection = null;
        if (block >= blockLimit)
        {
            return false;
        }

        if (block >= (uint)_byBlock.Length)
        {
            Array.Resize(ref _byBlock, (int)Math.Min(blockLimit, Math.Max(block + 1, 2 * (uint)_byBlock.Length)));
        }

        End = Math.Max(End, block + 1);
        connection = _byBlock[block] ??= new Connection(block);
        connection.Clear();
        _foundLast = null;
        return true;
    }

    /// <summary>Makes a connection known. Its ends must be those of no other.</summary>
    public void Add(Connection connection)
    {
        if (Count == _chains.Length)
        {
            Grow();
        }

        Link(connection);
        Count++;
    }

    /// <summary>Forgets a connection.</summary>
    public void Remove(Connection connection)
    {
        connection.State = ConnectionState.None;
        _foundLast = null;
        ref Connection? first = ref ChainOf(connection.Flow);
        if (first == connection)
        {
            first = connection.NextInChain;
            Count--;
            return;
        }

        for (Connection? before = first; before is not null; before = before.NextInChain)
        {
            if (before.NextInChain == connection)
            {
                before.NextInChain = connection.NextInChain;
                Count--;
                return;
            }
        }
    }

    private ref Connection? ChainOf(in TcpFlow flow) => ref _chains[hash.Spread(flow) & (uint)(_chains.Length - 1)];

    private void Link(Connection connection)
    {
        ref Connection? first = ref ChainOf(connection.Flow);
        connection.NextInChain = first;
        first = connection;
    }

    private void Grow()
    {
        Connection?[] chains = _chains;
        _chains = new Connection?[2 * chains.Length];
        foreach (Connection? first in chains)
        {
            for (Connection? connection = first; connection is not null;)
            {
                Connection? next = connection.NextInChain;
                Link(connection);
                connection = next;
            }
        }
    }
}
