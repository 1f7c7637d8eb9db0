using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>
/// Finds room for the slots of an entry. They are to be written at once, so they lie in one sector, or, if a very long name takes
/// more than that, in two that follow each other on the medium and so are one request.
/// </summary>
internal sealed class SlotFinder(VolumeAccess volume, uint firstCluster)
{
    // Slots behind the mark of the end which come before the place that was found: they must not end the directory any more.
    private readonly List<ulong> _skipped = [];

    /// <summary>Finds room, and makes the directory longer if it takes that.</summary>
    public SlotPlace Find(uint count)
    {
        while (true)
        {
            SlotCursor cursor = new(volume, firstCluster);
            if (TryFind(count, ref cursor) is { } place)
            {
                Skip(place, count);
                return place;
            }

            Grow(cursor, count);
        }
    }

    private SlotPlace? TryFind(uint count, ref SlotCursor cursor)
    {
        _skipped.Clear();
        uint perSector = volume.SlotsPerSector;
        uint tail = 0;
        ulong expected = 0;
        bool hasEnded = false;
        bool isMore = true;
        while (isMore)
        {
            ulong start = cursor.Position;

            // What was free at the end of the sector before counts only for names that no sector can hold.
            uint run = count > perSector && start == expected && start % VolumeBytes.LineBytes != 0 ? tail : 0;
            for (uint slot = 0; slot < perSector; slot++)
            {
                ulong position = start + (slot * DirectoryEntry.Bytes);
                byte mark = volume.Bytes.Read(position, 1)[0];
                hasEnded |= mark == DirectoryEntry.EndMark;
                if (hasEnded && mark != DirectoryEntry.FreeMark)
                {
                    _skipped.Add(position);
                }

                run = hasEnded || mark == DirectoryEntry.FreeMark ? run + 1 : 0;
                if (run == count)
                {
                    ulong first = position - ((count - 1) * DirectoryEntry.Bytes);
                    SlotCursor behind = cursor;
                    bool isFollowed = behind.TryAdvance(perSector);
                    return new SlotPlace(first, hasEnded, isFollowed ? behind.Position : 0);
                }
            }

            tail = Math.Min(run, perSector);
            expected = start + volume.Bytes.SectorBytes;
            isMore = cursor.TryAdvance(perSector);
        }

        return null;
    }

    private void Skip(SlotPlace place, uint count)
    {
        Dictionary<ulong, List<ulong>> sectors = [];
        foreach (ulong position in _skipped)
        {
            if (position < place.Position || position >= place.Position + (count * DirectoryEntry.Bytes))
            {
                ulong sector = position / volume.Bytes.SectorBytes;
                if (!sectors.TryGetValue(sector, out List<ulong>? slots))
                {
                    sectors.Add(sector, slots = []);
                }

                slots.Add(position);
            }
        }

        foreach ((ulong sector, List<ulong> slots) in sectors)
        {
            ulong start = sector * volume.Bytes.SectorBytes;
            byte[] bytes = volume.Bytes.Read(start, volume.Bytes.SectorBytes).ToArray();
            slots.ForEach(position => bytes[position - start] = DirectoryEntry.FreeMark);
            volume.Bytes.Write(start, bytes);
        }

        if (sectors.Count != 0)
        {
            // The other way round the entry would be behind the end.
            volume.Bytes.Order();
        }
    }

    private void Grow(SlotCursor last, uint count)
    {
        VolumeGeometry geometry = volume.Geometry;
        ClusterStore clusters = volume.Clusters;
        if (last.IsFixed || last.Index + (geometry.ClusterBytes / DirectoryEntry.Bytes) > SlotCursor.MaximumSlots)
        {
            throw new FileSystemException(FileStatus.DirectoryFull);
        }

        uint first;
        if (count > volume.SlotsPerSector && geometry.ClusterBytes == volume.Bytes.SectorBytes)
        {
            // Two clusters make one request if they follow each other.
            first = clusters.TakePair(last.Cluster, cluster => geometry.PositionOf(cluster + 1) % VolumeBytes.LineBytes != 0);
            clusters.Join(first, first + 1);
            Clear(first + 1);
        }
        else
        {
            first = clusters.Take(last.Cluster, cluster => clusters.CanFollow(last.Cluster, cluster));
        }

        Clear(first);
        clusters.Write();
        volume.Bytes.Order();
        clusters.Link(last.Cluster, first);
        volume.Bytes.Order();
    }

    private void Clear(uint cluster) => DirectoryClusters.Clear(volume, cluster);
}
