using System;
using System.Buffers.Binary;
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
    private const ulong AddressMask = (1UL << (8 * MacAddress.Length)) - 1;

    /// <summary>Looks through memory.</summary>
    /// <param name="memory">What the device could write to.</param>
    /// <param name="own">The device's address.</param>
    /// <param name="passed">What was brought.</param>
    /// <param name="found">Takes each frame.</param>
    public static void Search(ReadOnlySpan<byte> memory, MacAddress own, RecentSegments passed, FrameObserver found)
    {
        Span<byte> address = stackalloc byte[sizeof(ulong)];
        own.Write(address);
        ulong wanted = BinaryPrimitives.ReadUInt64LittleEndian(address) & AddressMask;
        for (int start = 0; start + BufferBytes <= memory.Length; start += BufferBytes)
        {
            // Most buffers are empty, and everybody waits for the driver meanwhile.
            ReadOnlySpan<byte> buffer = memory.Slice(start, BufferBytes);
            bool isFrame = (BinaryPrimitives.ReadUInt64LittleEndian(buffer) & AddressMask) == wanted;
            if (isFrame || (BinaryPrimitives.ReadUInt64LittleEndian(buffer[VirtioHeaderBytes..]) & AddressMask) == wanted)
            {
                Take(isFrame ? buffer : buffer[VirtioHeaderBytes..], passed, found);
            }
        }
    }

    private static void Take(ReadOnlySpan<byte> buffer, RecentSegments passed, FrameObserver found)
    {
        if (!TransportFrame.TryFindInFrame(buffer, out ReadOnlySpan<byte> packet))
        {
            return;
        }

        int frameBytes = TransportFrame.EthernetBytes + packet.Length;
        if (frameBytes <= PacketBatch.MaximumFrameBytes && !passed.Knows(packet) && TransportFrame.IsIntact(packet))
        {
            found(buffer[..frameBytes]);
        }
    }
}
