namespace NooksOS.Storage;

/// <summary>Bounds of a cache.</summary>
public sealed record CacheOptions
{
    /// <summary>How long a write may stay here before it goes to the disk by itself.</summary>
    public long DelayNanoseconds { get; init; } = 500_000_000;

    /// <summary>Of how many pages one may be unwritten before everything unwritten goes to the disk.</summary>
    public uint WriteFraction { get; init; } = 8;

    /// <summary>Of how many pages one may be unwritten before writers have to wait.</summary>
    public uint ThrottleFraction { get; init; } = 2;

    /// <summary>The most pages that are read ahead of somebody who reads one after the other.</summary>
    public uint AheadPages { get; init; } = 256;

    /// <summary>Of how many pages one may be read ahead at most.</summary>
    public uint AheadFraction { get; init; } = 4;

    /// <summary>The most transfers of writes that the disk is given at once: reads go between them.</summary>
    public int MaximumWrites { get; init; } = 24;
}
