using System;

namespace NooksOS.Contracts;

/// <summary>What the TCP/IP extension offers.</summary>
[Contract(8, CallDirection.KernelToExtension)]
public interface INetworkStack
{
    /// <summary>A network device is there, for the first time or again.</summary>
    [Idempotent]
    CallResult AttachDevice(Handle<TrackedObjects.NetworkStack> stack, MacAddress address, uint maximumTransmissionUnitBytes, LinkState link);

    /// <summary>The network device is gone; frames given to it are lost.</summary>
    [Idempotent]
    CallResult DetachDevice();

    /// <summary>Received frames, a <see cref="PacketBatch"/>. Returns how many were looked at.</summary>
    CallResult<uint> Receive([MaximumLength(PacketBatch.MaximumBytes)] ReadOnlySpan<byte> batch, long nowNanoseconds);

    /// <summary>The link changed.</summary>
    [Idempotent]
    CallResult LinkChanged(LinkState link);

    /// <summary>Time has passed. Called at least every 10 ms while a device is attached.</summary>
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
