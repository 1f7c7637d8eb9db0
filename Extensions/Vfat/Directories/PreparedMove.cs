using System;
using System.Buffers.Binary;

namespace NooksOS.Extensions.Vfat;

/// <summary>
/// The entry of a directory or large file on its way to another place. Two entries must not name the same chain, so the new one is
/// written as free slots first, from which it can be brought to life: by the move itself once the old entry is gone, or, after a
/// cut between the two, when the volume is mounted.
/// </summary>
internal static class PreparedMove
{
    // Fields of an entry that mean nothing while it is free.
    private const int MarkOffset = 12;
    private const int FirstByteOffset = 13;
    private const int PiecesOffset = 18;
    private const int CheckOffset = 19;
    private const byte Mark = 0x5A;

    /// <summary>Makes slots into free ones that can be brought to life.</summary>
    public static byte[] Prepare(ReadOnlySpan<byte> slots)
    {
        byte[] prepared = slots.ToArray();
        int pieces = (slots.Length / DirectoryEntry.Bytes) - 1;
        for (int piece = 0; piece < pieces; piece++)
        {
            prepared[piece * DirectoryEntry.Bytes] = DirectoryEntry.FreeMark;
        }

        Span<byte> entry = prepared.AsSpan(pieces * DirectoryEntry.Bytes);
        entry[MarkOffset] = Mark;
        entry[FirstByteOffset] = entry[0];
        entry[PiecesOffset] = (byte)pieces;
        entry[0] = DirectoryEntry.FreeMark;
        entry[CheckOffset] = ComputeCheck(entry);
        return prepared;
    }

    /// <summary>Whether a free slot is the entry of a move that did not end. Tells how many slots with pieces are in front of it.</summary>
    public static bool IsPrepared(ReadOnlySpan<byte> entry, out int pieces)
    {
        pieces = entry[PiecesOffset];
        return entry[0] == DirectoryEntry.FreeMark && entry[MarkOffset] == Mark && pieces <= LongNames.MaximumSlots
            && entry[CheckOffset] == ComputeCheck(entry);
    }

    /// <summary>Brings slots to life.</summary>
    public static byte[] Revive(ReadOnlySpan<byte> prepared)
    {
        byte[] slots = prepared.ToArray();
        int pieces = (prepared.Length / DirectoryEntry.Bytes) - 1;
        Span<byte> entry = slots.AsSpan(pieces * DirectoryEntry.Bytes);
        entry[0] = entry[FirstByteOffset];
        entry[MarkOffset] = 0;
        entry[FirstByteOffset] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(entry[PiecesOffset..], BinaryPrimitives.ReadUInt16LittleEndian(entry[24..]));
        for (int piece = 0; piece < pieces; piece++)
        {
            int ordinal = pieces - piece;
            slots[piece * DirectoryEntry.Bytes] = (byte)(ordinal | (piece == 0 ? LongNames.LastPieceMark : 0));
        }

        return slots;
    }

    private static byte ComputeCheck(ReadOnlySpan<byte> entry)
    {
        byte check = Mark;
        for (int index = 0; index < DirectoryEntry.Bytes; index++)
        {
            check = index == CheckOffset ? check : (byte)((check * 31) + entry[index]);
        }

        return check;
    }
}
