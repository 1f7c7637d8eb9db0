using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>One instance of a driver: a ring in front of a wire. It can die at any of its calls.</summary>
internal sealed class FakeDriver(Wire wire, Func<DeathPoint> nextCall) : INetworkDevice
{
    private readonly Queue<byte[]> _ring = [];

    public int RingFrames { get; init; } = 8;

    public bool IsSilent { get; set; }

    public bool IsDead { get; private set; }

    public ReceiveMode? OpenMode { get; private set; }

    public MacAddress[] Multicast { get; private set; } = [];

    public LinkState Link { get; set; } = new(true, true, 1000);

    public NetworkStatistics Statistics { get; set; }

    public int InRing => _ring.Count;

    public CallResult Open(ReceiveMode mode) => Call(() => OpenMode = mode);

    public CallResult Close() => Call(() => OpenMode = null);

    public CallResult<uint> Transmit(ReadOnlySpan<byte> batch)
    {
        uint taken = 0;
        byte[] copy = batch.ToArray();
        return Call(
            () =>
            {
                ReadOnlySpan<byte> rest = copy;
                while (!IsSilent && _ring.Count < RingFrames && PacketBatch.TryRead(ref rest, out ReadOnlySpan<byte> frame))
                {
                    _ring.Enqueue(frame.ToArray());
                    taken++;
                }
            },
            () => taken);
    }

    public CallResult SetReceiveMode(ReceiveMode mode) => Call(() => OpenMode = OpenMode is null ? null : mode);

    public CallResult SetMulticastList(ReadOnlySpan<MacAddress> addresses)
    {
        MacAddress[] copy = addresses.ToArray();
        return Call(() => Multicast = copy);
    }

    public CallResult<LinkState> GetLink() => Call(() => { }, () => Link);

    public CallResult<NetworkStatistics> GetStatistics() => Call(() => { }, () => Statistics);

    /// <summary>The device sends what is in the ring. Returns how many frames that were.</summary>
    public uint Send()
    {
        uint sent = 0;
        while (!IsSilent && _ring.TryDequeue(out byte[]? frame))
        {
            wire.Sent.Add(frame);
            sent++;
        }

        return sent;
    }

    private CallResult Call(Action work)
    {
        CallResult<uint> result = Call(work, () => 0u);
        return result.Succeeded ? CallResult.Ok : new CallResult(result.Status);
    }

    private CallResult<T> Call<T>(Action work, Func<T> value)
        where T : unmanaged
    {
        if (IsDead)
        {
            return new CallResult<T>(CallStatus.DomainUnavailable, default);
        }

        DeathPoint death = nextCall();
        if (death != DeathPoint.BeforeTheWork)
        {
            work();
        }

        IsDead = death != DeathPoint.None;
        return IsDead ? new CallResult<T>(CallStatus.DomainDied, default) : CallResult<T>.Ok(value());
    }
}
