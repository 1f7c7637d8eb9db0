using System;

namespace NooksOS.Contracts;

/// <summary>What the TCP/IP extension offers.</summary>
[Contract(8, CallDirection.KernelToExtension, Version = 2)]
public interface INetworkStack
{
    /// <summary>A network device is there, for the first time or again.</summary>
    [Idempotent]
    CallResult AttachDevice(Handle<TrackedObjects.NetworkStack> stack, MacAddress address, uint maximumTransmissionUnitBytes, LinkState link);

    /// <summary>The network device is gone; frames given to it are lost.</summary>
    [Idempotent]
    CallResult DetachDevice();

    /// <summary>
    /// Everything that there is to say in one call, under load the only one for each batch of frames. Whatever the stack has to
    /// send or to tell because of it comes back with it; what other calls bring about it says by calls of its own. It tells the
    /// time as well: <see cref="OnTimer"/> is called only if there was no exchange.
    /// </summary>
    /// <param name="received">Received frames, a <see cref="PacketBatch"/>.</param>
    /// <param name="kicked">What <see cref="ITransport.Kick"/> would say.</param>
    /// <param name="outgoing">Receives frames to send, a <see cref="PacketBatch"/> of any number of frames.</param>
    /// <param name="signals">Receives what <see cref="ITransportHost.Signal"/> would say.</param>
    /// <param name="nowNanoseconds">The time.</param>
    CallResult<StackExchange> Exchange(
        [MaximumLength(PacketBatch.ExchangeBytes)] ReadOnlySpan<byte> received,
        [MaximumLength(TransportLimits.NamedConnections)] ReadOnlySpan<uint> kicked,
        [MaximumLength(PacketBatch.ExchangeBytes), Output] Span<byte> outgoing,
        [MaximumLength(TransportLimits.NamedConnections), Output] Span<uint> signals,
        long nowNanoseconds);

    /// <summary>The link changed.</summary>
    [Idempotent]
    CallResult LinkChanged(LinkState link);

    /// <summary>Time has passed. Called every 10 ms while a device is attached and nothing is exchanged.</summary>
    CallResult OnTimer(long nowNanoseconds);

    /// <summary>Sends an ICMP echo request.</summary>
    CallResult Ping(uint address, ushort sequence, long nowNanoseconds);

    /// <summary>Tells whether the echo request with this number was answered.</summary>
    [Idempotent]
    CallResult<PingStatus> GetPing(ushort sequence);

    /// <summary>Reads the interface's configuration; an address of zero means none yet.</summary>
    [Idempotent]
    CallResult<InterfaceConfiguration> GetConfiguration();

    /// <summary>Reads the counters.</summary>
    [Idempotent]
    CallResult<StackStatistics> GetStatistics();
}
