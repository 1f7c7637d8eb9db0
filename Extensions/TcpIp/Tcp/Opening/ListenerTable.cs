namespace NooksOS.Extensions.TcpIp;

/// <summary>The ports at which connections are accepted. Of fixed size.</summary>
internal sealed class ListenerTable
{
    /// <summary>How many ports can be listened at.</summary>
    public const int Capacity = 64;

    private readonly ushort[] _ports = new ushort[Capacity];
    private int _count;

    /// <summary>Listens, or goes on listening. False if the port is zero, or the table is full.</summary>
    public bool TryAdd(ushort port)
    {
        if (port == 0)
        {
            return false;
        }

        if (Contains(port))
        {
            return true;
        }

        if (_count == Capacity)
        {
            return false;
        }

        _ports[_count++] = port;
        return true;
    }

    /// <summary>Stops listening.</summary>
    public void Remove(ushort port)
    {
        int index = IndexOf(port);
        if (index >= 0)
        {
            _ports[index] = _ports[--_count];
        }
    }

    /// <summary>Whether connections to the port are accepted.</summary>
    public bool Contains(ushort port) => IndexOf(port) >= 0;

    private int IndexOf(ushort port)
    {
        for (int index = 0; index < _count; index++)
        {
            if (_ports[index] == port)
            {
                return index;
            }
        }

        return -1;
    }
}
