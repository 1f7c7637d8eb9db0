using System;
using System.Buffers.Binary;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Marks at both ends of each piece of memory that a read is to fill. Where one is left when the driver says that it is done, it is not:
/// the disk was told another place or length, or nothing at all. A mark is 64 bits that differ from request to request, so that no
/// content is taken for one.
/// </summary>
internal static class FillMarks
{
    private const ulong Step = 0x9E37_79B9_7F4A_7C15;

    /// <summary>Marks the memory of a read that a driver is about to get.</summary>
    public static void Put(BlockTransfer transfer)
    {
        if (transfer.Memory is not { } memory || transfer.Operation != BlockOperation.Read)
        {
            return;
        }

        ulong mark = MarkOf(transfer);
        foreach (ref readonly BlockSegment segment in transfer.Segments)
        {
            Span<byte> bytes = memory.Get(segment.DeviceAddress)[..(int)segment.LengthBytes];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, mark);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes[^sizeof(ulong)..], mark);
        }
    }

    /// <summary>Whether a read that is said to be done has left one.</summary>
    public static bool AreLeft(BlockTransfer transfer)
    {
        if (transfer.Memory is not { } memory || transfer.Operation != BlockOperation.Read)
        {
            return false;
        }

        ulong mark = MarkOf(transfer);
        foreach (ref readonly BlockSegment segment in transfer.Segments)
        {
            ReadOnlySpan<byte> bytes = memory.Get(segment.DeviceAddress)[..(int)segment.LengthBytes];
            if (BinaryPrimitives.ReadUInt64LittleEndian(bytes) == mark
                || BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]) == mark)
            {
                return true;
            }
        }

        return false;
    }

    // The finalizer of SplitMix64: numbers in a row have nothing in common.
    private static ulong MarkOf(BlockTransfer transfer)
    {
        ulong mark = ((transfer.Order << 32) | transfer.Id) * Step;
        mark = (mark ^ (mark >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mark = (mark ^ (mark >> 27)) * 0x94D0_49BB_1331_11EB;
        return mark ^ (mark >> 31);
    }
}
