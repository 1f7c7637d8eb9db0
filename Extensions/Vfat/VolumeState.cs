using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>
/// Whether a volume was put to rest. Before its first change the volume is marked as in use, and the number of free clusters as not
/// known: nothing on the medium is ever wrong, whenever the power goes.
/// </summary>
internal sealed class VolumeState(VolumeAccess volume)
{
    private const uint CleanFat16 = 0x8000;
    private const uint CleanFat32 = 0x0800_0000;
    private const byte StateInUse = 1;

    // Entry 1 of the table holds no chain but this state.
    private const uint StateEntry = 1;

    /// <summary>Whether the medium says that the volume is in use.</summary>
    public bool IsDirty { get; private set; } = ReadIsDirty(volume);

    /// <summary>Whether contradictions were found. Such a volume is only read.</summary>
    public bool IsDamaged { get; set; }

    /// <summary>Whether writes are refused.</summary>
    public bool IsReadOnly => volume.Bytes.IsReadOnly || IsDamaged;

    /// <summary>To be called before anything is written.</summary>
    public void BeginChange()
    {
        if (IsReadOnly)
        {
            throw new FileSystemException(FileStatus.ReadOnly);
        }

        if (!IsDirty)
        {
            // First: an interrupted write of the mark is repeated.
            IsDirty = true;
            WriteInformation(InformationSector.Unknown);
            WriteIsDirty(true);
            volume.Bytes.Order();
        }
    }

    /// <summary>Marks the volume as put to rest. Nothing may be held that is not on it.</summary>
    public void Rest()
    {
        if (!IsDirty || IsReadOnly)
        {
            return;
        }

        volume.Bytes.Order();
        WriteInformation(volume.Clusters.FreeCount);
        volume.Bytes.Order();
        WriteIsDirty(false);
        IsDirty = false;
    }

    private static bool ReadIsDirty(VolumeAccess volume)
    {
        int offset = volume.Geometry.FatBits == 32 ? BootSector.StateOffsetFat32 : BootSector.StateOffset;
        bool isMarked = (volume.Bytes.Read(0, BootSector.Bytes)[offset] & StateInUse) != 0;
        return isMarked || (CleanBit(volume) is var bit && bit != 0 && (volume.Clusters.Table.Get(StateEntry) & bit) == 0);
    }

    private static uint CleanBit(VolumeAccess volume) => volume.Geometry.FatBits switch
    {
        32 => CleanFat32,
        16 => CleanFat16,
        _ => 0,
    };

    // In the table, where FAT12 alone has no room for it: the boot sector of FAT32 has to equal its copy.
    private void WriteIsDirty(bool isDirty)
    {
        uint bit = CleanBit(volume);
        if (bit != 0)
        {
            uint entry = volume.Clusters.Table.Get(StateEntry);

            // The first copy is the one that is asked when the volume is mounted. It says that the volume is in use for as long as
            // the copies may differ.
            volume.Clusters.Table.WriteState(isDirty ? entry & ~bit : entry | bit, firstCopyFirst: isDirty);
        }

        int offset = volume.Geometry.FatBits == 32 ? BootSector.StateOffsetFat32 : BootSector.StateOffset;
        byte state = volume.Bytes.Read(0, BootSector.Bytes)[offset];
        byte wanted = (byte)(isDirty && bit == 0 ? state | StateInUse : state & ~StateInUse);
        if (wanted != state)
        {
            volume.Bytes.Write((ulong)offset, [wanted]);
        }
    }

    private void WriteInformation(uint freeClusters)
    {
        ulong position = volume.Geometry.InformationPosition;
        if (position == 0 || !InformationSector.IsValid(volume.Bytes.Read(position, BootSector.Bytes)))
        {
            return;
        }

        Span<byte> counts = stackalloc byte[8];
        InformationSector.Write(counts, freeClusters, volume.Clusters.NextHint);
        volume.Bytes.Write(position + InformationSector.CountOffset, counts);
    }
}
