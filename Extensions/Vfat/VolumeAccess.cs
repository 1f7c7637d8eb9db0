namespace NooksOS.Extensions.Vfat;

/// <summary>A mounted volume's parts: its bytes, where everything is in them, and its clusters.</summary>
internal sealed record VolumeAccess(VolumeBytes Bytes, VolumeGeometry Geometry, ClusterStore Clusters)
{
    /// <summary>Slots in what is written at once.</summary>
    public uint SlotsPerSector => Bytes.SectorBytes / DirectoryEntry.Bytes;
}
