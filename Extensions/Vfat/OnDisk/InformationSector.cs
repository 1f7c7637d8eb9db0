using System;
using System.Buffers.Binary;

namespace NooksOS.Extensions.Vfat;

/// <summary>The sector in which FAT32 keeps how many clusters are free, and where to look for one.</summary>
internal static class InformationSector
{
    /// <summary>Stands for a number that is not known.</summary>
    public const uint Unknown = 0xFFFF_FFFF;

    /// <summary>Where in the sector the number of free clusters is; the next free one follows.</summary>
    public const uint CountOffset = 488;

    private const uint LeadSignature = 0x4161_5252;
    private const uint StructureSignature = 0x6141_7272;

    /// <summary>Whether the sector is one.</summary>
    public static bool IsValid(ReadOnlySpan<byte> sector)
        => BinaryPrimitives.ReadUInt32LittleEndian(sector) == LeadSignature
            && BinaryPrimitives.ReadUInt32LittleEndian(sector[484..]) == StructureSignature
            && sector[510] == 0x55 && sector[511] == 0xAA;

    /// <summary>What is written at <see cref="CountOffset"/>.</summary>
    public static void Write(Span<byte> bytes, uint freeClusters, uint nextCluster)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, freeClusters);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], nextCluster);
    }
}
