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

    // The first buffers are filled first, and the first frame may have been one to everybody.
    private const int BuffersWithoutFrame = 3;

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
        ReadOnlySpan<int> offsets = [0, VirtioHeaderBytes, FindOffset(memory, address[..MacAddress.Length])];
        for (int start = 0; start + BufferBytes <= memory.Length; start += BufferBytes)
        {
            foreach (int offset in offsets)
            {
                // Most buffers are empty, and everybody waits for the driver meanwhile.
                ReadOnlySpan<byte> rest = memory[(start + offset)..];
                if (rest.Length >= sizeof(ulong) && (BinaryPrimitives.ReadUInt64LittleEndian(rest) & AddressMask) == wanted)
                {
                    Take(rest[..Math.Min(rest.Length, BufferBytes)], passed, found);
                    break;
                }
            }
        }
    }

    // A driver may have told its device addresses that are all wrong by as much, and so never have seen a frame where it looked.
    private static int FindOffset(ReadOnlySpan<byte> memory, ReadOnlySpan<byte> address)
    {
        int position = memory[..Math.Min(memory.Length, BuffersWithoutFrame * BufferBytes)].IndexOf(address);
        return position < 0 ? 0 : position % BufferBytes;
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
