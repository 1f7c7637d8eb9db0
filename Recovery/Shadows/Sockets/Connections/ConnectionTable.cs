using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>All connections by the number of their block, and those of which the stack is to be told. The shadow guards it.</summary>
internal sealed class ConnectionTable(IConnectionBlocks blocks)
{
    private readonly Connection?[] _byBlock = new Connection?[blocks.Limit];
    private readonly uint[] _kicked = new uint[blocks.Limit];
    private readonly KeptRequestBudget _kept = new();

    // One more than the highest block in use: what looks at all of them costs as much as there are.
    private int _end;
    private int _firstKicked;
    private int _kickedCount;
    private uint _lastGeneration;

    public uint Count { get; private set; }

    public ulong Opened { get; private set; }

    /// <summary>Every connection, by block. Any may be removed while they are looked through.</summary>
    public ReadOnlySpan<Connection?> All => _byBlock.AsSpan(0, _end);

    /// <summary>Begins a connection in a block that was just taken.</summary>
    public Connection Add(uint block, ConnectionRequests origin, in ConnectionName name)
    {
        // Zero stands for a block that is not in use.
        _lastGeneration = _lastGeneration == uint.MaxValue ? 1 : _lastGeneration + 1;
        Connection connection = new(blocks, block, _lastGeneration, origin, in name, _kept);
        _byBlock[block] = connection;
        _end = Math.Max(_end, (int)block + 1);
        Count++;
        Opened++;
        return connection;
    }

    /// <summary>The connection in a block; null if there is none, whatever the number.</summary>
    public Connection? Find(uint block) => block < (uint)_byBlock.Length ? _byBlock[block] : null;

    /// <summary>Ends a connection that neither the application nor the stack has a use for.</summary>
    public void Remove(Connection connection)
    {
        connection.Kept.Forget();
        _byBlock[connection.Block] = null;
        while (_end > 0 && _byBlock[_end - 1] is null)
        {
            _end--;
        }

        Count--;
        blocks.Return(connection.Block);
    }

    /// <summary>Writes down the blocks that the stack is not done with, and returns how many.</summary>
    public int CopyBlocks(Span<uint> destination)
    {
        int count = 0;
        foreach (Connection? connection in All)
        {
            if (connection is { IsOver: false })
            {
                destination[count++] = connection.Block;
            }
        }

        return count;
    }

    /// <summary>The stack is to be told, once, that the kernel's half has changed.</summary>
    public void Kick(Connection connection)
    {
        if (connection.IsKicked || connection.IsOver)
        {
            return;
        }

        connection.IsKicked = true;
        _kicked[(_firstKicked + _kickedCount) % _kicked.Length] = connection.Block;
        _kickedCount++;
    }

    /// <summary>Takes the oldest kicks, and returns how many.</summary>
    public int TakeKicks(Span<uint> destination)
    {
        int count = 0;
        while (_kickedCount != 0 && count < destination.Length)
        {
            uint block = _kicked[_firstKicked];
            _firstKicked = (_firstKicked + 1) % _kicked.Length;
            _kickedCount--;
            if (_byBlock[block] is { IsKicked: true } connection)
            {
                connection.IsKicked = false;
                if (!connection.IsOver)
                {
                    destination[count++] = block;
                }
            }
        }

        return count;
    }

    /// <summary>Nobody is there to be told; the next instance looks at every block by itself.</summary>
    public void ForgetKicks()
    {
        foreach (Connection? connection in All)
        {
            if (connection is not null)
            {
                connection.IsKicked = false;
            }
        }

        _kickedCount = 0;
    }
}
