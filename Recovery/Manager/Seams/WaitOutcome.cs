namespace NooksOS.Recovery;

/// <summary>How a wait ended.</summary>
public enum WaitOutcome
{
    /// <summary>The signal was set.</summary>
    Signalled,

    /// <summary>The time ran out.</summary>
    TimedOut,

    /// <summary>The domain on whose behalf the thread waited is being stopped.</summary>
    Cancelled,
}
