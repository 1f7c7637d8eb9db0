namespace NooksOS.Storage;

/// <summary>The pages that can be given up, in the order in which they were used last.</summary>
internal sealed class PageList
{
    private CachedPage? _oldest;
    private CachedPage? _newest;

    /// <summary>The page that was not used for the longest time, or null.</summary>
    public CachedPage? Oldest => _oldest;

    /// <summary>Adds a page that was just used.</summary>
    public void Add(CachedPage page)
    {
        page.Older = _newest;
        page.Newer = null;
        if (_newest is null)
        {
            _oldest = page;
        }
        else
        {
            _newest.Newer = page;
        }

        _newest = page;
    }

    /// <summary>Takes a page out that is in.</summary>
    public void Remove(CachedPage page)
    {
        if (page.Older is null)
        {
            _oldest = page.Newer;
        }
        else
        {
            page.Older.Newer = page.Newer;
        }

        if (page.Newer is null)
        {
            _newest = page.Older;
        }
        else
        {
            page.Newer.Older = page.Older;
        }

        page.Older = null;
        page.Newer = null;
    }
}
