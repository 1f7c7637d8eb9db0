using System;

namespace NooksOS.Storage;

/// <summary>Pages of memory that devices can reach, each named by where a device sees it. The kernel's own: no domain sees them.</summary>
public interface IPageMemory
{
    /// <summary>Length of a page.</summary>
    const int PageBytes = 4096;

    /// <summary>How many pages a cache may have.</summary>
    uint LimitPages { get; }

    /// <summary>Takes a page. What is in it is anything. False if memory is short.</summary>
    bool TryTake(out ulong page);

    /// <summary>Gives a page back, which nobody uses any more, no device either.</summary>
    void Return(ulong page);

    /// <summary>What is in a page that was taken.</summary>
    Span<byte> Get(ulong page);
}
