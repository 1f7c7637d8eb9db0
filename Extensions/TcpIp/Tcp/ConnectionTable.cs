using System.Diagnostics.CodeAnalysis;
using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// The connections that have a block: by the number of the block, and by their ends. What is made for a block is used again for the
/// next connection that has it, so that memory grows with the most connections there ever were at once, and no further.
/// </summary>
internal sealed class ConnectionTable(uint blockLimit, SipHash hash)
{
    private readonly Connection?[] _connections = new Connection?[blockLimit];
    private readonly FlowIndex _flows = new((int)blockLimit, hash);

    /// <summary>How many blocks there can be.</summary>
    public uint Capacity => (uint)_connections.Length;

    /// <summary>How many there are.</summary>
    public int Count => _flows.Count;

    /// <summary>Finds the connection that a segment belongs to.</summary>
    public bool TryFind(in TcpFlow flow, [NotNullWhen(true)] out Connection? connection)
    {
        int block = _flows.Find(flow);
        connection = block < 0 ? null : _connections[block];
        return connection is not null;
    }

    /// <summary>Finds the connection of a block. False if the block is not used.</summary>
    public bool TryGet(uint block, [NotNullWhen(true)] out Connection? connection)
    {
        connection = block < (uint)_connections.Length ? _connections[block] : null;
        return connection is not null && connection.State != ConnectionState.None;
    }

    /// <summary>Makes a cleared connection for a block, which <see cref="Add"/> then makes known. False if the number is impossible.</summary>
    public bool TryPrepare(uint block, [NotNullWhen(true)] out Connection? connection)
    {
        if (block >= (uint)_connections.Length)
        {
            connection = null;
            return false;
        }

        connection = _connections[block] ??= new Connection(block);
        connection.Clear();
        return true;
    }

    /// <summary>Makes a connection known. Its ends must be those of no other.</summary>
    public void Add(Connection connection) => _flows.Add(connection.Flow, (int)connection.Block);

    /// <summary>Forgets a connection.</summary>
    public void Remove(Connection connection)
    {
        _flows.Remove((int)connection.Block);
        connection.State = ConnectionState.None;
    }
}
