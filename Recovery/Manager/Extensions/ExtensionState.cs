namespace NooksOS.Recovery;

/// <summary>Where an extension is in its life.</summary>
public enum ExtensionState
{
    /// <summary>Known, and nothing of it is loaded.</summary>
    Unloaded,

    /// <summary>Its first instance is being loaded and started.</summary>
    Loading,

    /// <summary>It works.</summary>
    Running,

    /// <summary>It is being put to rest by command.</summary>
    Stopping,

    /// <summary>It failed and is being taken down.</summary>
    Failed,

    /// <summary>It is down, and somebody has to decide what to do.</summary>
    WaitingForDecision,

    /// <summary>It will be restarted after a delay.</summary>
    Delayed,

    /// <summary>A fresh instance is being loaded and started.</summary>
    Restarting,

    /// <summary>It stays stopped until a command loads it again.</summary>
    GivenUp,
}
