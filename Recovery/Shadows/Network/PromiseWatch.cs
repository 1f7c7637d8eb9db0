namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Finds an extension that says with each exchange that it has more, and never brings it. It would be asked again at once, for ever, by a
/// thread that goes before most others. A ring full of frames that are no good is such a promise a few times in a row.
/// </summary>
internal struct PromiseWatch
{
    private const int Patience = 100;

    private int _broken;

    /// <summary>Notes an exchange. True if it is one too many that has promised more and brought nothing.</summary>
    public bool IsBroken(bool hasMore, bool didWork)
    {
        _broken = hasMore && !didWork ? _broken + 1 : 0;
        return _broken > Patience;
    }

    /// <summary>Another instance has promised nothing yet.</summary>
    public void Reset() => _broken = 0;
}
