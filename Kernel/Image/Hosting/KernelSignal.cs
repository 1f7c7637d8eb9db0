using System.Runtime.InteropServices;
using System.Threading;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;
using NooksOS.Recovery;
using ThreadState = NooksOS.Kernel.Threads.ThreadState;

namespace NooksOS.Image.Hosting;

/// <summary>A signal on the kernel's wait table. Lives as long as the kernel; an interrupt handler may set it.</summary>
/// <param name="state">What a thread is doing that waits for it.</param>
internal sealed unsafe class KernelSignal(ThreadState state = ThreadState.WaitingForDomain) : IKernelSignal
{
    private readonly int* _set = (int*)NativeMemory.AllocZeroed(sizeof(int));

    /// <inheritdoc/>
    public void Set()
    {
        // SAFETY: the word belongs to this object, which is never freed.
        Volatile.Write(ref *_set, 1);
        WaitTable.Wake((ulong)_set, 1);
    }

    /// <inheritdoc/>
    public WaitOutcome Wait(long timeoutNanoseconds)
    {
        ulong flags = Processor.DisableInterrupts();
        WaitResult result = *_set != 0
            ? WaitResult.Woken
            : WaitTable.WaitWithInterruptsOff((ulong)_set, timeoutNanoseconds, state);
        if (result != WaitResult.Cancelled)
        {
            *_set = 0;
        }

        Processor.RestoreInterrupts(flags);
        return result switch
        {
            WaitResult.Woken => WaitOutcome.Signalled,
            WaitResult.TimedOut => WaitOutcome.TimedOut,
            _ => WaitOutcome.Cancelled,
        };
    }
}
