namespace NooksOS.Recovery;

/// <summary>How a recovery ended.</summary>
public enum RecoveryOutcome
{
    /// <summary>It has not ended.</summary>
    InProgress,

    /// <summary>A fresh instance works.</summary>
    Recovered,

    /// <summary>A fresh instance did not come up; another record tells how that went on.</summary>
    RestartFailed,

    /// <summary>The extension stays stopped.</summary>
    GivenUp,
}
