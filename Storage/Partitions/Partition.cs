namespace NooksOS.Storage;

/// <summary>A part of a disk. It lies on the disk and overlaps no other.</summary>
/// <param name="Number">Its number in its table, from 1.</param>
/// <param name="FirstSector">Where it begins.</param>
/// <param name="SectorCount">How long it is.</param>
/// <param name="Kind">What the table says it is for.</param>
/// <param name="IsTruncated">Whether the table says that it goes on behind the end of the disk.</param>
public sealed record Partition(uint Number, ulong FirstSector, ulong SectorCount, string Kind, bool IsTruncated);
