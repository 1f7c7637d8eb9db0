namespace NooksOS.Recovery.Shadows;

/// <summary>What becomes of a request that has failed.</summary>
internal enum FailureVerdict
{
    /// <summary>The same instance of the driver gets it again.</summary>
    TryAgain,

    /// <summary>Another instance is to say the same before it counts.</summary>
    AskAnother,

    /// <summary>It is an error of the disk: its user is told.</summary>
    Error,
}
