namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>How fast the client of a transfer is: an average over a few seconds, in bytes per look at the deadlines.</summary>
internal struct TransferPace
{
    // Looks that the average goes back, in essence.
    private const int Looks = 8;

    private long _countedBytes;

    /// <summary>The average.</summary>
    public long Bytes { get; private set; }

    /// <summary>A transfer begins, of which the best is assumed.</summary>
    public void Begin(long assumedBytes)
    {
        _countedBytes = 0;
        Bytes = assumedBytes;
    }

    /// <summary>The count of bytes begins again at zero, in the middle of a transfer.</summary>
    public void RestartCount() => _countedBytes = 0;

    /// <summary>Takes a look at the count of bytes.</summary>
    public void Note(long movedBytes)
    {
        Bytes += (movedBytes - _countedBytes - Bytes) / Looks;
        _countedBytes = movedBytes;
    }
}
