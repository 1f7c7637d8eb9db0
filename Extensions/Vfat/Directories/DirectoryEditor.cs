using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>Finds, adds and removes entries of one directory. Whatever it changes is one request, so that no cut shows half of it.</summary>
internal sealed class DirectoryEditor(VolumeAccess volume, uint firstCluster)
{
    private const uint PlainNumbers = 9;
    private const int HashedBasisBytes = 2;

    /// <summary>The directory's first cluster; zero for the root.</summary>
    public uint FirstCluster => firstCluster;

    /// <summary>
    /// Finds an entry by its name, whatever the case of its letters; if there is none, by its short name. Null if there is none.
    /// </summary>
    public FoundEntry? Find(ReadOnlySpan<char> name)
    {
        FoundEntry? byShortName = null;
        DirectoryReader reader = new(volume, firstCluster);
        while (reader.TryNext())
        {
            if (reader.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return FoundEntry.From(reader);
            }

            if (byShortName is null && reader.Slots.Length > 1 && name.Length <= ShortNames.Bytes + 1
                && name.Equals(ShortNames.Decode(reader.Entry, 0), StringComparison.OrdinalIgnoreCase))
            {
                byShortName = FoundEntry.From(reader);
            }
        }

        return byShortName;
    }

    /// <summary>Whether a name can be given to a new entry: short names that were made up do not count.</summary>
    public bool IsTaken(ReadOnlySpan<char> name, ulong exceptPosition = 0)
    {
        DirectoryReader reader = new(volume, firstCluster);
        while (reader.TryNext())
        {
            if (reader.Slots[^1] != exceptPosition && reader.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it has no entries.</summary>
    public bool IsEmpty() => !new DirectoryReader(volume, firstCluster).TryNext();

    /// <summary>Makes the slots of a name, with a short name that nobody else in the directory has. The entry's other fields are zero.</summary>
    public byte[] MakeSlots(ReadOnlySpan<char> name, ulong exceptPosition = 0)
    {
        Span<byte> shortName = stackalloc byte[ShortNames.Bytes];
        bool isShort = ShortNames.TryEncode(name, shortName, out bool isExact);
        HashSet<(ulong, uint)> taken = ReadShortNames(exceptPosition);
        bool isOwn = isShort && !taken.Contains(KeyOf(shortName));
        if (!isOwn)
        {
            MakeAlias(name, shortName, taken);
        }

        int pieces = isOwn && isExact ? 0 : LongNames.CountSlots(name.Length);
        byte[] slots = new byte[(pieces + 1) * DirectoryEntry.Bytes];
        if (pieces != 0)
        {
            LongNames.Encode(name, ShortNames.ComputeChecksum(shortName), slots);
        }

        shortName.CopyTo(slots.AsSpan(pieces * DirectoryEntry.Bytes));
        return slots;
    }

    /// <summary>Finds room for slots, and makes the directory longer if it takes that.</summary>
    public SlotPlace FindPlace(byte[] slots)
        => new SlotFinder(volume, firstCluster).Find((uint)(slots.Length / DirectoryEntry.Bytes));

    /// <summary>Adds slots, before whatever is done next. Returns where the entry with the short name is.</summary>
    public ulong Insert(byte[] slots)
    {
        ulong position = Insert(slots, FindPlace(slots));

        // What comes next may have a name that this has freed.
        volume.Bytes.Order();
        return position;
    }

    /// <summary>
    /// Adds slots at a place that was found for them. Other changes may reach the medium before them, but no entry that would be
    /// behind the end of the directory without them.
    /// </summary>
    public ulong Insert(byte[] slots, SlotPlace place)
    {
        uint sectorBytes = volume.Bytes.SectorBytes;
        if (place.Position % sectorBytes == 0)
        {
            // The entries of one sector come together; the sector before may just have been filled.
            volume.Bytes.Order();
        }

        byte[] bytes = slots;
        if (place.EndsDirectory)
        {
            // What is behind the end may be anything: the next slot must go on being the end.
            ulong end = place.Position + (uint)slots.Length;
            uint rest = (uint)((sectorBytes - (end % sectorBytes)) % sectorBytes);
            bytes = new byte[slots.Length + (int)rest];
            slots.CopyTo(bytes, 0);
            if (place.Following != 0 && volume.Bytes.Read(place.Following, 1)[0] != DirectoryEntry.EndMark)
            {
                volume.Bytes.Write(place.Following, new byte[DirectoryEntry.Bytes]);
                volume.Bytes.Order();
            }
        }

        // With the entries of files that were written meanwhile: a chain without an entry does no harm.
        volume.Bytes.WriteLate(place.Position, bytes);
        ulong position = place.Position + (uint)slots.Length - DirectoryEntry.Bytes;
        if (position / sectorBytes != place.Position / sectorBytes)
        {
            // The second of two sectors must not come alone with the next entry.
            volume.Bytes.Order();
        }

        return position;
    }

    /// <summary>Removes an entry.</summary>
    public void Remove(ReadOnlySpan<ulong> slots)
    {
        // From the last run of neighbours on, which has the short name: other systems spread a name over sectors that are far
        // apart, and pieces of a name without an entry do less harm than an entry without its name.
        int end = slots.Length;
        while (end != 0)
        {
            int start = end - 1;
            while (start != 0 && slots[start - 1] + DirectoryEntry.Bytes == slots[start])
            {
                start--;
            }

            byte[] bytes = new byte[(end - start) * DirectoryEntry.Bytes];
            for (int index = start; index < end; index++)
            {
                Span<byte> slot = bytes.AsSpan((index - start) * DirectoryEntry.Bytes, DirectoryEntry.Bytes);
                volume.Bytes.Read(slots[index], DirectoryEntry.Bytes).CopyTo(slot);
                slot[0] = DirectoryEntry.FreeMark;
            }

            volume.Bytes.Write(slots[start], bytes);
            volume.Bytes.Order();
            end = start;
        }
    }

    /// <summary>
    /// Replaces an entry by another one in the same sector, by one write. False if there is no room for it there. On success,
    /// <paramref name="position"/> is where the entry with the short name is.
    /// </summary>
    public bool TryReplace(ReadOnlySpan<ulong> oldSlots, byte[] newSlots, out ulong position)
    {
        uint sectorBytes = volume.Bytes.SectorBytes;
        ulong start = oldSlots[^1] / sectorBytes * sectorBytes;
        position = 0;
        if (oldSlots[0] < start || oldSlots[0] >= start + sectorBytes)
        {
            return false;
        }

        byte[] sector = volume.Bytes.Read(start, sectorBytes).ToArray();
        foreach (ulong slot in oldSlots)
        {
            sector[slot - start] = DirectoryEntry.FreeMark;
        }

        int count = newSlots.Length / DirectoryEntry.Bytes;
        int run = 0;
        for (int slot = 0; slot < sector.Length / DirectoryEntry.Bytes; slot++)
        {
            // Never behind the end, which would take more than this sector to move.
            byte mark = sector[slot * DirectoryEntry.Bytes];
            if (mark == DirectoryEntry.EndMark)
            {
                return false;
            }

            run = mark == DirectoryEntry.FreeMark ? run + 1 : 0;
            if (run == count)
            {
                int first = (slot + 1 - count) * DirectoryEntry.Bytes;
                newSlots.CopyTo(sector, first);
                volume.Bytes.Write(start, sector);
                volume.Bytes.Order();
                position = start + (uint)(first + newSlots.Length - DirectoryEntry.Bytes);
                return true;
            }
        }

        return false;
    }

    private HashSet<(ulong, uint)> ReadShortNames(ulong exceptPosition)
    {
        HashSet<(ulong, uint)> names = [];
        DirectoryReader reader = new(volume, firstCluster) { IncludesLabel = true };
        while (reader.TryNext())
        {
            if (reader.Slots[^1] != exceptPosition)
            {
                names.Add(KeyOf(reader.Entry));
            }
        }

        return names;
    }

    private static (ulong Start, uint Extension) KeyOf(ReadOnlySpan<byte> name)
        => (BitConverter.ToUInt64(name), name[8] | ((uint)name[9] << 8) | ((uint)name[10] << 16));

    // ~1 to ~9, and then from a hash of the name on: a directory of thousands of like names must not take thousands of tries.
    private static void MakeAlias(ReadOnlySpan<char> name, Span<byte> shortName, HashSet<(ulong, uint)> taken)
    {
        Span<byte> basis = stackalloc byte[ShortNames.Bytes];
        int length = ShortNames.MakeBasis(name, basis);
        for (uint number = 1; number <= PlainNumbers; number++)
        {
            basis.CopyTo(shortName);
            ShortNames.SetNumber(shortName, length, number);
            if (!taken.Contains(KeyOf(shortName)))
            {
                return;
            }
        }

        uint hash = 2166136261;
        foreach (char unit in name)
        {
            hash = (hash ^ unit) * 16777619;
        }

        do
        {
            basis.CopyTo(shortName);
            shortName[Math.Min(length, HashedBasisBytes)..8].Fill((byte)' ');
            ShortNames.SetNumber(shortName, Math.Min(length, HashedBasisBytes), 10 + (hash++ % 99_990));
        }
        while (taken.Contains(KeyOf(shortName)));
    }
}
