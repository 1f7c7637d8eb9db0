namespace NooksOS.Kernel.Threads;

/// <summary>How a wait ended.</summary>
public enum WaitResult : uint
{
    /// <summary>The key was woken, or the value had changed already.</summary>
    Woken = 0,

    /// <summary>The time ran out.</summary>
    TimedOut = 1,

    /// <summary>The domain on whose behalf the thread waited is being stopped.</summary>
    Cancelled = 2,
}
