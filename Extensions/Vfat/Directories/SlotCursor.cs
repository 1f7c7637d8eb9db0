using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>Goes through the slots of a directory, which is named by its first cluster, or by zero if it is the root.</summary>
internal struct SlotCursor
{
    /// <summary>No directory has more slots.</summary>
    public const uint MaximumSlots = 65536;

    private readonly VolumeAccess _volume;
    private readonly bool _isFixedRoot;

    public SlotCursor(VolumeAccess volume, uint firstCluster)
    {
        _volume = volume;
        _isFixedRoot = firstCluster == 0 && volume.Geometry.RootCluster == 0;
        Cluster = firstCluster == 0 ? volume.Geometry.RootCluster : firstCluster;
        if (!_isFixedRoot && !volume.Geometry.IsCluster(Cluster))
        {
            throw new FileSystemException(FileStatus.Damaged);
        }
    }

    /// <summary>The how manieth slot it is.</summary>
    public uint Index { get; private set; }

    /// <summary>The cluster it is in.</summary>
    public uint Cluster { get; private set; }

    /// <summary>Whether the directory cannot grow.</summary>
    public readonly bool IsFixed => _isFixedRoot;

    /// <summary>Where the slot is.</summary>
    public readonly ulong Position
    {
        get
        {
            ulong offset = (ulong)Index * DirectoryEntry.Bytes;
            return _isFixedRoot
                ? _volume.Geometry.RootPosition + offset
                : _volume.Geometry.PositionOf(Cluster) + (offset % _volume.Geometry.ClusterBytes);
        }
    }

    /// <summary>
    /// Goes on by so many slots, which lie within one sector. False at the end of the directory; the cursor stays in its last
    /// cluster then.
    /// </summary>
    public bool TryAdvance(uint slots = 1)
    {
        uint index = Index + slots;
        ulong offset = (ulong)index * DirectoryEntry.Bytes;
        if (_isFixedRoot)
        {
            Index = index;
            return offset < _volume.Geometry.RootBytes;
        }

        if (index >= MaximumSlots)
        {
            // A directory that is longer has a chain in a circle.
            return _volume.Clusters.Next(Cluster) == 0 ? false : throw new FileSystemException(FileStatus.Damaged);
        }

        if (offset % _volume.Geometry.ClusterBytes == 0)
        {
            uint next = _volume.Clusters.Next(Cluster);
            if (next == 0)
            {
                return false;
            }

            Cluster = next;
        }

        Index = index;
        return true;
    }

    /// <summary>Goes to a slot. False if the directory is shorter.</summary>
    public bool TryMoveTo(uint index)
    {
        uint slotsPerCluster = _volume.Geometry.ClusterBytes / DirectoryEntry.Bytes;
        if (_isFixedRoot)
        {
            Index = index;
            return (ulong)index * DirectoryEntry.Bytes < _volume.Geometry.RootBytes;
        }

        while (Index / slotsPerCluster != index / slotsPerCluster)
        {
            uint next = index < MaximumSlots ? _volume.Clusters.Next(Cluster) : 0;
            if (next == 0)
            {
                return false;
            }

            Cluster = next;
            Index = ((Index / slotsPerCluster) + 1) * slotsPerCluster;
        }

        Index = index;
        return true;
    }
}
