using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>
/// A network of hosts that speak TCP, in simulated time, which loses, duplicates, delays and reorders as told. The same seed gives the same run.
/// </summary>
internal sealed class TcpLink(int seed = 1)
{
    public const long Millisecond = 1_000_000;
    public const long Second = 1_000_000_000;

    private readonly Random _random = new(seed);
    private readonly Dictionary<Ipv4Address, ITcpStation> _stations = [];
    private readonly PriorityQueue<Packet, (long Due, long Order)> _packets = new();
    private long _order;

    public long Now { get; private set; } = 100 * Second;

    public double Loss { get; set; }

    public double Duplication { get; set; }

    public double Reordering { get; set; }

    public long Delay { get; set; } = Millisecond;

    /// <summary>How many packets reach a host in one call at most.</summary>
    public int BatchPackets { get; set; } = PacketBatch.MaximumFrames;

    /// <summary>Drops what it says yes to.</summary>
    public Func<Packet, bool>? Filter { get; set; }

    /// <summary>Every packet that was sent, lost or not.</summary>
    public List<Packet> Sent { get; } = [];

    public void Attach(ITcpStation station) => _stations[station.Address] = station;

    public void Send(Packet packet)
    {
        Sent.Add(packet);
        bool isLost = Filter?.Invoke(packet) == true || _random.NextDouble() < Loss;
        int copies = isLost ? 0 : _random.NextDouble() < Duplication ? 2 : 1;
        for (int copy = 0; copy < copies; copy++)
        {
            long more = _random.NextDouble() < Reordering ? _random.NextInt64(20 * Millisecond) : 0;
            _packets.Enqueue(packet, (Now + Delay + more, _order++));
        }
    }

    public void Run(long nanoseconds)
    {
        for (long end = Now + nanoseconds; Now < end;)
        {
            Now += Millisecond;
            Deliver();
            foreach (ITcpStation station in _stations.Values)
            {
                if (Now / Millisecond % 10 == 0)
                {
                    station.OnTimer(Now);
                }

                station.Work(Now);
            }
        }
    }

    public bool RunUntil(Func<bool> condition, long limitNanoseconds = 60 * Second)
    {
        bool isTrue = condition();
        for (long end = Now + limitNanoseconds; !isTrue && Now < end; isTrue = condition())
        {
            Run(Millisecond);
        }

        return isTrue;
    }

    private void Deliver()
    {
        Dictionary<ITcpStation, List<Packet>> batches = [];
        while (_packets.TryPeek(out _, out (long Due, long Order) next) && next.Due <= Now)
        {
            Packet packet = _packets.Dequeue();
            if (!_stations.TryGetValue(packet.Destination, out ITcpStation? to))
            {
                continue;
            }

            if (!batches.TryGetValue(to, out List<Packet>? batch))
            {
                batches[to] = batch = [];
            }

            batch.Add(packet);
            if (batch.Count == BatchPackets)
            {
                to.Receive(batch, Now);
                batch.Clear();
            }
        }

        foreach ((ITcpStation to, List<Packet> batch) in batches)
        {
            if (batch.Count != 0)
            {
                to.Receive(batch, Now);
            }
        }
    }
}
