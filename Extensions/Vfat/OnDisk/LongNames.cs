using System;
using System.Buffers.Binary;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>
/// Long names: UTF-16 in slots in front of the entry with the short name, 13 units each, the last piece first. Units are stored as
/// they are, so that every name of Unicode comes back, pairs of surrogates and single ones alike.
/// </summary>
internal static class LongNames
{
    /// <summary>The units that one slot holds.</summary>
    public const int SlotCharacters = 13;

    /// <summary>The most slots that a name takes.</summary>
    public const int MaximumSlots = (FileLimits.NameCharacters + SlotCharacters - 1) / SlotCharacters;

    /// <summary>Marks the piece that comes first in the directory and last in the name.</summary>
    public const byte LastPieceMark = 0x40;

    /// <summary>Which of the pieces a slot holds, from 1.</summary>
    public const byte OrdinalMask = 0x3F;

    private const char Padding = '\uFFFF';

    private static ReadOnlySpan<byte> Offsets => [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];

    /// <summary>How many slots a name takes.</summary>
    public static int CountSlots(int nameCharacters) => (nameCharacters + SlotCharacters - 1) / SlotCharacters;

    /// <summary>Writes the slots of a name, in the order of the directory.</summary>
    public static void Encode(ReadOnlySpan<char> name, byte checksum, Span<byte> slots)
    {
        int count = CountSlots(name.Length);
        slots[..(count * DirectoryEntry.Bytes)].Clear();
        for (int ordinal = count; ordinal >= 1; ordinal--)
        {
            Span<byte> slot = slots.Slice((count - ordinal) * DirectoryEntry.Bytes, DirectoryEntry.Bytes);
            slot[0] = (byte)(ordinal | (ordinal == count ? LastPieceMark : 0));
            slot[DirectoryEntry.AttributeOffset] = DirectoryEntry.LongNameAttributes;
            slot[13] = checksum;
            for (int index = 0; index < SlotCharacters; index++)
            {
                int position = ((ordinal - 1) * SlotCharacters) + index;
                char unit = position < name.Length ? name[position] : position == name.Length ? '\0' : Padding;
                BinaryPrimitives.WriteUInt16LittleEndian(slot[Offsets[index]..], unit);
            }
        }
    }

    /// <summary>Puts the piece that a slot holds into the name.</summary>
    public static void DecodePiece(ReadOnlySpan<byte> slot, Span<char> name)
    {
        int start = ((slot[0] & OrdinalMask) - 1) * SlotCharacters;
        for (int index = 0; index < SlotCharacters && start + index < name.Length; index++)
        {
            name[start + index] = (char)BinaryPrimitives.ReadUInt16LittleEndian(slot[Offsets[index]..]);
        }
    }

    /// <summary>The checksum that a slot carries.</summary>
    public static byte ChecksumOf(ReadOnlySpan<byte> slot) => slot[13];
}
