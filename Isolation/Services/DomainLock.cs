using NooksOS.Contracts;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>A lock that a domain made. Not recursive: the second acquisition by the same thread waits, and the watchdog ends that.</summary>
internal sealed class DomainLock() : TrackedObject(TrackedKind.Lock)
{
    // Above every address, like the keys of timers: whoever waits for a word of his own must not be woken in the place of who waits here.
    private const ulong KeyBase = 0x7200_0000_0000_0000;

    private ulong _holderThread;

    public override string Description => _holderThread == 0 ? "free" : $"held by thread {_holderThread}";

    /// <summary>What threads wait for that want the lock.</summary>
    public ulong Key => KeyBase | Generation;

    /// <summary>Takes the lock. False if the wait was cancelled.</summary>
    public unsafe bool Acquire()
    {
        ulong flags = Processor.DisableInterrupts();
        bool acquired = true;
        while (_holderThread != 0 && acquired)
        {
            acquired = WaitTable.WaitWithInterruptsOff(Key, -1, ThreadState.WaitingForDomain) != WaitResult.Cancelled;
        }

        if (acquired)
        {
            _holderThread = Scheduler.Current->ThreadId;
        }

        Processor.RestoreInterrupts(flags);
        return acquired;
    }

    /// <summary>Gives the lock away. False if nobody holds it.</summary>
    public bool TryRelease()
    {
        ulong flags = Processor.DisableInterrupts();
        bool held = _holderThread != 0;
        _holderThread = 0;
        Processor.RestoreInterrupts(flags);
        WaitTable.Wake(Key, 1);
        return held;
    }

    protected override bool Release()
    {
        TryRelease();
        return true;
    }
}
