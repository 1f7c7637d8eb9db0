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

    /// <summary>What it has received and not handed over, whether these are frames or not.</summary>
    public byte[] Arrived { get; set; } = [];

    /// <summary>Frames that it says are done at its next exchange.</summary>
    public uint Done { get; set; }

    /// <summary>Whether it says that it has more, which may not be true.</summary>
    public bool HasMore { get; set; }

    /// <summary>How often it has let its device have the bus.</summary>
    public ulong Starts { get; set; }

    /// <summary>What it does besides in each exchange.</summary>
    public Action? Habit { get; set; }

    public CallResult<DeviceExchange> Exchange(ReadOnlySpan<byte> outgoing, Span<byte> received)
    {
        Habit?.Invoke();
        uint taken = 0;
        uint done = 0;
        byte[] copy = outgoing.ToArray();
        byte[] arrived = [];
        CallResult<uint> result = Call(
            () =>
            {
                ReadOnlySpan<byte> rest = copy;
                while (!IsSilent && _ring.Count < RingFrames && PacketBatch.TryRead(ref rest, out ReadOnlySpan<byte> frame))
                {
                    _ring.Enqueue(frame.ToArray());
                    taken++;
                }

                if (!IsSilent)
                {
                    (arrived, Arrived) = (Arrived, arrived);
                    (done, Done) = (Done, 0);
                }
            },
            () => taken);
        arrived.CopyTo(received);
        return result.Succeeded
            ? CallResult<DeviceExchange>.Ok(new DeviceExchange(taken, done, (uint)arrived.Length, arrived.Length != 0, HasMore))
            : new CallResult<DeviceExchange>(result.Status, default);
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
