namespace NooksOS.Recovery;

/// <summary>The steps of a recovery, in their order.</summary>
public enum RecoveryStep
{
    /// <summary>The failure was noticed.</summary>
    Detected,

    /// <summary>Nobody enters the instance any more.</summary>
    Stopped,

    /// <summary>Its devices and interrupt lines are silent.</summary>
    InterruptsOff,

    /// <summary>No thread is in it any more.</summary>
    Unwound,

    /// <summary>Its kernel objects are taken back.</summary>
    ObjectsReleased,

    /// <summary>Its memory is free.</summary>
    MemoryFreed,

    /// <summary>It is decided what to do.</summary>
    Decided,

    /// <summary>A fresh instance is mapped.</summary>
    Loaded,

    /// <summary>Its runtime is up.</summary>
    Initialized,

    /// <summary>It has claimed its devices.</summary>
    Started,

    /// <summary>Its configuration is replayed and its users go on.</summary>
    Ready,
}
