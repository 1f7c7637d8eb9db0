using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Finds frames that a device has received and that its driver did not live to bring, in the memory that they shared. Nothing in there is
/// believed: of a segment of TCP the checksums show that it is what its sender has sent (RFC 9293 §3.1), and that it comes twice would
/// harm nobody. Everything else is lost with the driver.
/// </summary>
internal static class FrameRescue
{
    // Devices write a frame to the start of a buffer, or behind a header of virtio (virtio 1.2 §5.1.6), and a buffer is the least power of
    // two that holds any frame.
    private const int BufferBytes = 2048;
    private const int VirtioHeaderBytes = 12;

    /// <summary>Looks through memory.</summary>
    /// <param name="memory">What the device could write to.</param>
    /// <param name="own">The device's address.</param>
    /// <param name="passed">What was brought.</param>
    /// <param name="found">Takes each frame.</param>
    public static void Search(ReadOnlySpan<byte> memory, MacAddress own, RecentSegments passed, FrameObserver found)
    {
        for (; memory.Length >= BufferBytes; memory = memory[BufferBytes..])
        {
            ReadOnlySpan<byte> buffer = memory[..BufferBytes];
            if (!TryTake(buffer, own, passed, found))
            {
                TryTake(buffer[VirtioHeaderBytes..], own, passed, found);
            }
        }
    }

    private static bool TryTake(ReadOnlySpan<byte> buffer, MacAddress own, RecentSegments passed, FrameObserver found)
    {
        if (MacAddress.Read(buffer) != own || !TransportFrame.TryFindInFrame(buffer, out ReadOnlySpan<byte> packet))
        {
            return false;
        }

        int frameBytes = TransportFrame.EthernetBytes + packet.Length;
        if (frameBytes <= PacketBatch.MaximumFrameBytes && !passed.Knows(packet) && TransportFrame.IsIntact(packet))
        {
            found(buffer[..frameBytes]);
        }

        return true;
    }
}
