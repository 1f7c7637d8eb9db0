using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>One instance of a stack: writes down what it gets. It can die at any of its calls.</summary>
internal sealed class FakeStack(List<byte[]> received, Func<DeathPoint> nextCall) : INetworkStack
{
    private readonly List<byte[]> _received = received;

    public bool IsDead { get; private set; }

    public bool IsSilent { get; set; }

    public uint? Overclaim { get; set; }

    public List<string> Events { get; } = [];

    public Handle<TrackedObjects.NetworkStack> Handle { get; private set; }

    public CallResult AttachDevice(
        Handle<TrackedObjects.NetworkStack> stack, MacAddress address, uint maximumTransmissionUnitBytes, LinkState link)
        => Call(() =>
        {
            Handle = stack;
            Events.Add($"attach {address} {(link.IsUp ? "up" : "down")}");
        });

    public CallResult DetachDevice() => Call(() => Events.Add("detach"));

    /// <summary>What it has to send at its next exchange, whether these are frames or not.</summary>
    public byte[] Outgoing { get; set; } = [];

    /// <summary>What it says that it has sent, if that is not true.</summary>
    public uint? ClaimedOutgoingBytes { get; set; }

    public CallResult<StackExchange> Exchange(
        ReadOnlySpan<byte> received, ReadOnlySpan<uint> kicked, Span<byte> outgoing, Span<uint> signals, long nowNanoseconds)
    {
        byte[] copy = received.ToArray();
        uint looked = 0;
        byte[] sent = [];
        CallResult<uint> result = Call(
            () =>
            {
                ReadOnlySpan<byte> rest = copy;
                while (!IsSilent && PacketBatch.TryRead(ref rest, out ReadOnlySpan<byte> frame))
                {
                    _received.Add(frame.ToArray());
                    looked++;
                }

                (sent, Outgoing) = (Outgoing, sent);
            },
            () => Overclaim ?? looked);
        sent.CopyTo(outgoing);
        return result.Succeeded
            ? CallResult<StackExchange>.Ok(new StackExchange(result.Value, ClaimedOutgoingBytes ?? (uint)sent.Length, 0, false))
            : new CallResult<StackExchange>(result.Status, default);
    }

    public CallResult LinkChanged(LinkState link) => Call(() => Events.Add(link.IsUp ? "up" : "down"));

    public CallResult OnTimer(long nowNanoseconds) => Call(() => Events.Add("timer"));

    public CallResult Ping(uint address, ushort sequence, long nowNanoseconds) => CallResult.Failure(CallStatus.NotSupported);

    public CallResult<PingStatus> GetPing(ushort sequence) => CallResult<PingStatus>.Failure(CallStatus.NotSupported);

    public CallResult<InterfaceConfiguration> GetConfiguration()
        => CallResult<InterfaceConfiguration>.Failure(CallStatus.NotSupported);

    public CallResult<StackStatistics> GetStatistics() => CallResult<StackStatistics>.Failure(CallStatus.NotSupported);

    private CallResult Call(Action work)
    {
        CallResult<uint> result = Call(work, () => 0u);
        return result.Succeeded ? CallResult.Ok : new CallResult(result.Status);
    }

    private CallResult<uint> Call(Action work, Func<uint> value)
    {
        if (IsDead)
        {
            return new CallResult<uint>(CallStatus.DomainUnavailable, default);
        }

        DeathPoint death = nextCall();
        if (death != DeathPoint.BeforeTheWork)
        {
            work();
        }

        IsDead = death != DeathPoint.None;
        return IsDead ? new CallResult<uint>(CallStatus.DomainDied, default) : CallResult<uint>.Ok(value());
    }
}
