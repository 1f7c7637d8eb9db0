namespace NooksOS.Storage;

/// <summary>What the cache knows of a page.</summary>
internal enum PageState
{
    /// <summary>It is on its way from the disk.</summary>
    Reading,

    /// <summary>It is there.</summary>
    Valid,

    /// <summary>The disk cannot read it. The next who wants it is told so, and takes it out.</summary>
    Failed,
}

/// <summary>A page of a disk as its users see it. The cache guards it.</summary>
internal sealed class CachedPage(ulong index, ulong memory)
{
    /// <summary>Its number on the disk.</summary>
    public ulong Index => index;

    /// <summary>Where it is.</summary>
    public ulong Memory { get; set; } = memory;

    /// <summary>What there is to it.</summary>
    public PageState State { get; set; }

    /// <summary>The youngest version that is not on the disk; null if it is as it is on the disk.</summary>
    public PageVersion? Unwritten { get; set; }

    /// <summary>Neighbours among the pages that can be given up.</summary>
    public CachedPage? Older { get; set; }

    /// <inheritdoc cref="Older"/>
    public CachedPage? Newer { get; set; }
}
