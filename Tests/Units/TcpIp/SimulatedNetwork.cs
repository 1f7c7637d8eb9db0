using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units.TcpIp;

/// <summary>A hub in simulated time, which loses, duplicates and reorders as told. The same seed gives the same run.</summary>
internal sealed class SimulatedNetwork(int seed = 1)
{
    public const long Millisecond = 1_000_000;
    public const long Second = 1_000_000_000;

    private readonly Random _random = new(seed);
    private readonly List<INetworkStation> _stations = [];
    private readonly PriorityQueue<(INetworkStation To, byte[] Frame), (long Due, long Order)> _frames = new();
    private long _order;

    public long Now { get; private set; } = 5 * Second;

    public double Loss { get; set; }

    public double Duplication { get; set; }

    public double Reordering { get; set; }

    /// <summary>Every frame that was sent, lost or not.</summary>
    public List<byte[]> Sent { get; } = [];

    public void Attach(INetworkStation station) => _stations.Add(station);

    public void Send(INetworkStation from, byte[] frame)
    {
        Sent.Add(frame);
        foreach (INetworkStation station in _stations.Where(station => station != from))
        {
            int copies = _random.NextDouble() < Loss ? 0 : _random.NextDouble() < Duplication ? 2 : 1;
            for (int copy = 0; copy < copies; copy++)
            {
                long delay = _random.NextDouble() < Reordering ? _random.NextInt64(20 * Millisecond) : Millisecond / 10;
                _frames.Enqueue((station, frame), (Now + delay, _order++));
            }
        }
    }

    public void Run(long nanoseconds)
    {
        for (long end = Now + nanoseconds; Now < end;)
        {
            Now += Millisecond;
            Deliver();
            if (Now / Millisecond % 10 == 0)
            {
                foreach (INetworkStation station in _stations)
                {
                    station.OnTimer(Now);
                }
            }
        }
    }

    public bool RunUntil(Func<bool> condition, long limitNanoseconds)
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
        if (!_frames.TryPeek(out _, out (long Due, long Order) next) || next.Due > Now)
        {
            return;
        }

        Dictionary<INetworkStation, (byte[] Bytes, int Used, int Frames)> batches = [];
        while (_frames.TryPeek(out _, out (long Due, long Order) when) && when.Due <= Now)
        {
            (INetworkStation to, byte[] frame) = _frames.Dequeue();
            (byte[] bytes, int used, int frames) = batches.GetValueOrDefault(to, (new byte[PacketBatch.MaximumBytes], 0, 0));
            if (frames == PacketBatch.MaximumFrames)
            {
                to.Receive(bytes[..used], Now);
                (bytes, used, frames) = (new byte[PacketBatch.MaximumBytes], 0, 0);
            }

            PacketBatch.TryAppend(bytes, ref used, frame);
            batches[to] = (bytes, used, frames + 1);
        }

        foreach ((INetworkStation to, (byte[] bytes, int used, _)) in batches)
        {
            to.Receive(bytes[..used], Now);
        }
    }
}
