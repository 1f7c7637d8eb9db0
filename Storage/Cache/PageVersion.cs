namespace NooksOS.Storage;

/// <summary>
/// What a page is to be on the disk at one point of the order among writes. A page that is written again behind such a point
/// while it waits gets another version, in memory of its own: the disk sees both, one after the other.
/// </summary>
internal sealed class PageVersion(CachedPage page, WriteEpoch epoch, PageVersion? predecessor)
{
    /// <summary>The page.</summary>
    public CachedPage Page => page;

    /// <summary>Its contents.</summary>
    public ulong Memory { get; } = page.Memory;

    /// <summary>The stretch between two points of the order that it belongs to.</summary>
    public WriteEpoch Epoch => epoch;

    /// <summary>The version before it, while that is not on the disk.</summary>
    public PageVersion? Predecessor { get; set; } = predecessor;

    /// <summary>Whether the disk is being given it, so that it must stay as it is.</summary>
    public bool IsWriting { get; set; }
}
