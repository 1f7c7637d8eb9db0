namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Holds the thread that moves frames back under load, so that those who use the frames come first and more of them gather for the
/// next exchange: until the processor has nothing else to do, and not for long. No time is lost by that which anybody else wanted.
/// </summary>
/// <param name="sleep">Set by nobody.</param>
/// <param name="begin">Wakes the thread that finds out whether there is anything else to do.</param>
/// <param name="end">Wakes the thread that is held back.</param>
/// <param name="limitNanoseconds">How long it is held back at most.</param>
internal sealed class LoadPause(IKernelSignal sleep, IKernelSignal begin, IKernelSignal end, long limitNanoseconds)
{
    /// <summary>Waits until the processor has nothing else to do, or as long as frames are to gather.</summary>
    public void Wait(long gatherNanoseconds)
    {
        if (gatherNanoseconds != 0)
        {
            sleep.Wait(gatherNanoseconds);
            return;
        }

        begin.Set();
        end.Wait(limitNanoseconds);
    }

    /// <summary>What a thread does that runs only when no other one can. Does not return.</summary>
    public void RunWhenIdle()
    {
        while (true)
        {
            begin.Wait(-1);
            end.Set();
        }
    }
}
