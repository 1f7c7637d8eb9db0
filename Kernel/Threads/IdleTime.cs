using NooksOS.Kernel.Cpu;

namespace NooksOS.Kernel.Threads;

/// <summary>
/// How long the processor was halted because nothing was to be done. Where an emulator counts instructions a nanosecond of the rest is
/// one of them.
/// </summary>
public static class IdleTime
{
    private static ulong s_beginCount;
    private static ulong s_counts;

    /// <summary>Nanoseconds since boot.</summary>
    public static long Nanoseconds => Clock.ToNanoseconds(s_counts);

    /// <summary>Halts the processor until an interrupt. For the idle thread.</summary>
    public static void Sleep()
    {
        // An interrupt in between would end the count before the processor is halted.
        _ = Processor.DisableInterrupts();
        s_beginCount = Processor.ReadTimeStamp();
        Processor.HaltUntilInterrupt();
    }

    /// <summary>The processor does something again, if it was halted.</summary>
    internal static void End()
    {
        if (s_beginCount != 0)
        {
            s_counts += Processor.ReadTimeStamp() - s_beginCount;
            s_beginCount = 0;
        }
    }
}
