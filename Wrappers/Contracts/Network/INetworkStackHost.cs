using System;

namespace NooksOS.Contracts;

/// <summary>What the kernel offers to the TCP/IP extension.</summary>
[Contract(9, CallDirection.ExtensionToKernel)]
public interface INetworkStackHost
{
    /// <summary>Registers the caller, while it starts, as the network stack; a device that is there is attached soon after.</summary>
    CallResult<Handle<TrackedObjects.NetworkStack>> Register();

    /// <summary>Sends frames, a <see cref="PacketBatch"/>. Returns how many were queued.</summary>
    CallResult<uint> Transmit(
        Handle<TrackedObjects.NetworkStack> stack, [MaximumLength(PacketBatch.MaximumBytes)] ReadOnlySpan<byte> batch);
}
