namespace NooksOS.Recovery;

/// <summary>How waiting for an extension ended.</summary>
public enum RecoveryWaitResult
{
    /// <summary>What was waited for was done, and well.</summary>
    Done,

    /// <summary>It was done, and the extension does not run.</summary>
    Failed,

    /// <summary>The time ran out.</summary>
    TimedOut,

    /// <summary>There is no extension of that name.</summary>
    Unknown,
}
