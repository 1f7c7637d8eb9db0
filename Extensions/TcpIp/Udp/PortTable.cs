using System;

namespace NooksOS.Extensions.TcpIp;

/// <summary>Who listens at which port. Of fixed size.</summary>
internal sealed class PortTable
{
    /// <summary>How many ports can be listened at: those of questions to name servers leave room for others.</summary>
    public const int Capacity = 128 + DnsClient.Capacity;

    private readonly IUdpReceiver?[] _receivers = new IUdpReceiver?[Capacity];
    private readonly ushort[] _ports = new ushort[Capacity];
    private int _count;

    /// <summary>Listens. False if the port is zero or taken, or the table is full.</summary>
    public bool TryBind(ushort port, IUdpReceiver receiver)
    {
        if (port == 0 || _count == Capacity || Find(port) is not null)
        {
            return false;
        }

        _ports[_count] = port;
        _receivers[_count++] = receiver;
        return true;
    }

    /// <summary>Stops listening.</summary>
    public void Unbind(ushort port)
    {
        int index = _ports.AsSpan(0, _count).IndexOf(port);
        if (index >= 0)
        {
            _count--;
            _ports[index] = _ports[_count];
            _receivers[index] = _receivers[_count];
            _receivers[_count] = null;
        }
    }

    /// <summary>Who listens at the port.</summary>
    public IUdpReceiver? Find(ushort port)
    {
        for (int index = 0; index < _count; index++)
        {
            if (_ports[index] == port)
            {
                return _receivers[index];
            }
        }

        return null;
    }
}
