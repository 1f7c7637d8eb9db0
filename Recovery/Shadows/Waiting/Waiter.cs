namespace NooksOS.Recovery.Shadows;

/// <summary>A thread that waits, or can be made to.</summary>
internal sealed class Waiter(IKernelSignal signal)
{
    public IKernelSignal Signal { get; } = signal;

    /// <summary>The next one in the pool or the queue that it is in.</summary>
    public Waiter? Next { get; set; }
}
