namespace NooksOS.Storage;

/// <summary>What a cache has done since boot, and what it holds.</summary>
/// <param name="Pages">Pages that it holds.</param>
/// <param name="UnwrittenPages">Versions of pages that are not on the disk.</param>
/// <param name="Hits">Pages that were read and found here.</param>
/// <param name="Misses">Pages that had to be read from the disk for somebody.</param>
/// <param name="PagesAhead">Pages that were read because somebody reads one after the other.</param>
/// <param name="PagesWritten">Pages that were written.</param>
/// <param name="Flushes">How often the disk was told to empty its own cache.</param>
public readonly record struct CacheStatistics(
    uint Pages, uint UnwrittenPages, ulong Hits, ulong Misses, ulong PagesAhead, ulong PagesWritten, ulong Flushes);
