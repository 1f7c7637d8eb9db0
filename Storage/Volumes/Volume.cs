namespace NooksOS.Storage;

/// <summary>A volume that there is: a partition, or a whole disk.</summary>
public sealed class Volume
{
    internal Volume(AttachedDisk disk, uint number, string name, ulong firstSector, BlockVolume content, string? kind)
    {
        Disk = disk;
        Number = number;
        Name = name;
        FirstSector = firstSector;
        Content = content;
        Kind = kind;
    }

    /// <summary>The disk.</summary>
    public AttachedDisk Disk { get; }

    /// <summary>By which it is opened.</summary>
    public uint Number { get; }

    /// <summary>What people call it: "disk0", "disk0p1".</summary>
    public string Name { get; }

    /// <summary>Where it begins on its disk.</summary>
    public ulong FirstSector { get; }

    /// <summary>Its sectors.</summary>
    public BlockVolume Content { get; }

    /// <summary>What the partition table says it is for; null if it is no partition.</summary>
    public string? Kind { get; }

    /// <summary>Whether it is a partition.</summary>
    public bool IsPartition => Kind is not null;

    /// <summary>Who has it, for people; null if nobody.</summary>
    public string? Owner { get; internal set; }
}
