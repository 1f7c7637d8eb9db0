namespace NooksOS.Contracts;

/// <summary>What to do about a domain that failed.</summary>
public enum RecoveryAction : uint
{
    /// <summary>Load a fresh instance at once.</summary>
    Restart = 1,

    /// <summary>Load a fresh instance after a delay.</summary>
    RestartAfterDelay,

    /// <summary>Load the replacement image instead.</summary>
    Replace,

    /// <summary>Leave the extension stopped.</summary>
    GiveUp,
}
