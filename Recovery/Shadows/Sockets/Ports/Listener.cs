namespace NooksOS.Recovery.Shadows;

/// <summary>
/// A port at which connections are accepted, with those that wait. It outlives its socket for a while: the next instance of
/// the owner takes it over, with the connections. The shadow guards it.
/// </summary>
internal sealed class Listener(ushort port, uint ownerId)
{
    private Connection? _first;
    private Connection? _last;

    public ushort Port { get; } = port;

    public uint OwnerId { get; } = ownerId;

    public uint Backlog { get; set; }

    /// <summary>Its socket; null while its owner is dead.</summary>
    public Socket? Socket { get; set; }

    /// <summary>Whether a socket of the owner's next instance has its port, and may listen there soon. It has none until then.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>When a listener without a socket is closed.</summary>
    public long OrphanEndNanoseconds { get; set; }

    /// <summary>Connections that came in through it and are not accepted, those included that the stack has not committed.</summary>
    public uint Count { get; set; }

    /// <summary>Whether connections that were not answered go to the next instance of its owner.</summary>
    public bool IsRepeatable { get; set; }

    /// <summary>Whether one can be accepted.</summary>
    public bool HasConnection => _first is not null;

    /// <summary>How many can be accepted.</summary>
    public uint Waiting { get; private set; }

    public void Enqueue(Connection connection)
    {
        connection.IsWaiting = true;
        connection.NextWaiting = null;
        if (_last is null)
        {
            _first = connection;
        }
        else
        {
            _last.NextWaiting = connection;
        }

        _last = connection;
        Waiting++;
    }

    /// <summary>Takes the one that waits longest. It no longer counts.</summary>
    public Connection? TryDequeue()
    {
        Connection? connection = _first;
        if (connection is not null)
        {
            Remove(connection);
        }

        return connection;
    }

    /// <summary>A connection that came in through it will not be accepted from here any more.</summary>
    public void Remove(Connection connection)
    {
        Count--;
        connection.Listener = null;
        if (!connection.IsWaiting)
        {
            return;
        }

        Connection? previous = null;
        for (Connection? entry = _first; !ReferenceEquals(entry, connection); entry = entry!.NextWaiting)
        {
            previous = entry;
        }

        if (previous is null)
        {
            _first = connection.NextWaiting;
        }
        else
        {
            previous.NextWaiting = connection.NextWaiting;
        }

        _last = ReferenceEquals(_last, connection) ? previous : _last;
        connection.NextWaiting = null;
        connection.IsWaiting = false;
        Waiting--;
    }

    /// <summary>Puts back a connection whose new owner could not hold it. It is the next to be accepted again.</summary>
    public void PutBack(Connection connection)
    {
        connection.Listener = this;
        connection.IsWaiting = true;
        connection.NextWaiting = _first;
        _first = connection;
        _last ??= connection;
        Count++;
        Waiting++;
    }
}
