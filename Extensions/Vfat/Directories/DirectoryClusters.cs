using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>Makes clusters into directories.</summary>
internal static class DirectoryClusters
{
    private static ReadOnlySpan<byte> Self => ".          "u8;

    private static ReadOnlySpan<byte> Parent => "..         "u8;

    /// <summary>Where in a directory the entry for its parent is.</summary>
    public const uint ParentOffset = DirectoryEntry.Bytes;

    /// <summary>Empties a cluster.</summary>
    public static void Clear(VolumeAccess volume, uint cluster)
        => volume.Bytes.WriteContent(volume.Geometry.PositionOf(cluster), new byte[volume.Geometry.ClusterBytes]);

    /// <summary>Makes a cluster an empty directory.</summary>
    public static void Initialize(VolumeAccess volume, uint cluster, uint parentCluster, long nowTicks)
    {
        byte[] content = new byte[volume.Geometry.ClusterBytes];
        WriteEntry(content, Self, cluster, volume.Geometry.FatBits, nowTicks);
        WriteEntry(content.AsSpan((int)ParentOffset), Parent, parentCluster, volume.Geometry.FatBits, nowTicks);
        volume.Bytes.WriteContent(volume.Geometry.PositionOf(cluster), content);
    }

    private static void WriteEntry(Span<byte> slot, ReadOnlySpan<byte> name, uint cluster, uint fatBits, long nowTicks)
    {
        DirectoryEntry entry = new(slot[..DirectoryEntry.Bytes]);
        name.CopyTo(entry.ShortName);
        entry.Flags = FileFlags.Directory;
        entry.CreatedTicks = nowTicks;
        entry.ModifiedTicks = nowTicks;
        entry.SetCluster(cluster, fatBits);
    }
}
