namespace NooksOS.Recovery;

/// <summary>Wakes one waiting thread; a signal that is set while nobody waits lets the next wait through.</summary>
public interface IKernelSignal
{
    /// <summary>Sets the signal. Any thread may do this.</summary>
    void Set();

    /// <summary>Waits for the signal and clears it. A negative time waits for ever.</summary>
    WaitOutcome Wait(long timeoutNanoseconds);
}
