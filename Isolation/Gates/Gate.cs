using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Diagnostics;
using NooksOS.Kernel.Threads;

namespace NooksOS.Isolation;

/// <summary>The slow half of the gates, and what must be set once before the first call; the fast half is <c>gates.asm</c>.</summary>
public static unsafe class Gate
{
    private const uint MsrStar = 0xC000_0081;
    private const uint MsrLongStar = 0xC000_0082;
    private const uint MsrFlagMask = 0xC000_0084;
    private const uint MsrExtendedFeatures = 0xC000_0080;
    private const ulong SystemCallEnable = 1;

    // IF, DF, TF, NT, AC: what a domain must not bring into the kernel.
    private const ulong ClearedFlags = 0x200 | 0x400 | 0x100 | 0x4000 | 0x40000;
    private const ulong KernelSelectors = 0x08;
    private const ulong UserSelectors = 0x18;
    private const uint BitsPerWord = 32;

    /// <summary>Enters a domain: runs <paramref name="entry"/> there and returns its result, or that the domain died.</summary>
    /// <param name="domain">Which domain.</param>
    /// <param name="entry">An entry point within the domain's text.</param>
    /// <param name="arguments">A structure to copy there and back, or the argument itself if the size is zero.</param>
    /// <param name="sizeBytes">Its size, a multiple of 8 and at most <see cref="MaximumArgumentBytes"/>.</param>
    [RuntimeImport("*", "xpc_enter")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong Enter(DomainControl* domain, ulong entry, void* arguments, nuint sizeBytes);

    /// <summary>The gate itself, for callers that hold it as a function: what <see cref="Enter"/> calls.</summary>
    public static delegate*<nint, ulong, void*, nuint, ulong> EnterFunction
        => (delegate*<nint, ulong, void*, nuint, ulong>)Codes()->Entrance;

    /// <summary>The largest argument structure.</summary>
    public const int MaximumArgumentBytes = 256;

    /// <summary>Sets the processor up for SYSCALL (Intel SDM vol. 3 §5.8.8).</summary>
    public static void Initialize()
    {
        Processor.WriteModelSpecificRegister(
            MsrExtendedFeatures, Processor.ReadModelSpecificRegister(MsrExtendedFeatures) | SystemCallEnable);
        Processor.WriteModelSpecificRegister(MsrStar, (KernelSelectors << 32) | (UserSelectors << 48));
        Processor.WriteModelSpecificRegister(MsrLongStar, Codes()->SystemCall);
        Processor.WriteModelSpecificRegister(MsrFlagMask, ClearedFlags);
    }

    /// <summary>One more than the highest service number: 64 contracts of 256 methods.</summary>
    public const uint ServiceLimit = 16384;

    /// <summary>
    /// Lets nobody into a domain while it is in this service. Only for services that neither wait nor call a domain: a thread
    /// that waited so could wait for one that wants in. To be said before the first domain is entered.
    /// </summary>
    public static void KeepMonitorDuring(uint service)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(service, ServiceLimit);

        // SAFETY: the gate's table has a bit for each number below the limit.
        KeptServices()[service / BitsPerWord] |= 1u << (int)(service % BitsPerWord);
    }

    /// <summary>Whether any domain could since the start write what is not its own, by changing page tables or rights.</summary>
    public static bool HasKernelPrivilegeBeenGiven { get; private set; }

    /// <summary>Chooses the code of the gate for a back end. The domain must not be in use.</summary>
    public static void SetBackEnd(DomainControl* domain, ProtectionBackEnd backEnd)
    {
        GateCodes* codes = Codes();
        HasKernelPrivilegeBeenGiven |= backEnd != ProtectionBackEnd.Ring3;
        domain->BackEnd = backEnd;
        domain->EnterCode = codes->Enter[(int)backEnd];
        domain->ResumeCode = codes->Resume[(int)backEnd];
    }

    /// <summary>What an image's XpcCall calls, for the back ends at kernel privilege; zero for ring 3.</summary>
    public static ulong CallCode(ProtectionBackEnd backEnd) => Codes()->Call[(int)backEnd];

    /// <summary>Where the code of the gate for a back end is.</summary>
    public static GateAddresses GetAddresses(ProtectionBackEnd backEnd)
    {
        GateCodes* codes = Codes();
        return new GateAddresses(
            codes->Entrance,
            codes->Return[(int)backEnd],
            backEnd == ProtectionBackEnd.Ring3 ? codes->SystemCall : codes->Call[(int)backEnd],
            codes->Enter[(int)backEnd],
            codes->Resume[(int)backEnd]);
    }

    // Called with interrupts off when the fast path could not enter: wait until it is worth another look.
    [RuntimeExport("gate_wait_enter")]
    private static void WaitToEnter(DomainControl* domain)
    {
        ThreadControl* current = Scheduler.Current;
        XpcFrame* call = (XpcFrame*)current->XpcFrame;
        if (call != null && call->Domain->Owner == current)
        {
            // It could wait for itself, or for a thread that waits for it.
            Panic.Stop("a service that keeps the monitor calls a domain"u8, call->InstructionPointer);
        }

        if (domain->Owner == null && domain->State == DomainState.Alive && domain->FreeStack == null)
        {
            // Every stack is in use by calls that are in services of the kernel.
            if (!StackPool.TryGrow(domain))
            {
                current->MonitorTick = Scheduler.Ticks;
                domain->Waiters++;
                WaitTable.WaitWithInterruptsOff((ulong)domain, StackRetryNanoseconds, ThreadState.WaitingForMonitor);
                domain->Waiters--;
            }

            return;
        }

        WaitForOwner(domain);
    }

    // Called with interrupts off when a thread returns from a service while another is inside.
    [RuntimeExport("gate_wait_resume")]
    private static void WaitToResume(DomainControl* domain) => WaitForOwner(domain);

    // Called with interrupts off after the monitor was released.
    [RuntimeExport("gate_wake_waiters")]
    private static void WakeWaiters(DomainControl* domain)
    {
        ThreadControl* current = Scheduler.Current;
        if (current->Priority != current->BasePriority)
        {
            Scheduler.SetPriority(current, current->BasePriority);
        }

        if (domain->State == DomainState.Dead && domain->ActiveFrames == 0)
        {
            WaitTable.Wake(Domain.EmptyKey(domain), int.MaxValue);
        }

        ProcessorBlock* block = ProcessorBlock.Current;
        if (domain->State != DomainState.Alive)
        {
            WaitTable.Wake((ulong)domain, int.MaxValue);
        }
        else if (domain->Waiters != 0)
        {
            ThreadControl* next = WaitTable.WakeMostUrgent((ulong)domain);
            if (next != null && next->Priority >= current->Priority && Scheduler.Ticks - next->MonitorTick >= PatienceTicks)
            {
                // It is no more urgent than this thread, which might be back inside before the other one runs, each time.
                block->Reschedule = 1;
            }
        }

        if (block->Reschedule != 0 && block->PreemptDisabled == 0)
        {
            Scheduler.Yield();
        }
    }

    private const long StackRetryNanoseconds = 1_000_000;
    private const ulong PatienceTicks = 2;

    private static void WaitForOwner(DomainControl* domain)
    {
        ThreadControl* current = Scheduler.Current;
        current->MonitorTick = Scheduler.Ticks;
        while (domain->Owner != null && domain->State == DomainState.Alive)
        {
            if (domain->Owner->Priority < current->Priority)
            {
                Scheduler.SetPriority(domain->Owner, current->Priority);
            }

            domain->Waiters++;
            WaitTable.WaitWithInterruptsOff((ulong)domain, -1, ThreadState.WaitingForMonitor);
            domain->Waiters--;
        }
    }

    [RuntimeImport("*", "gate_get_codes")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern GateCodes* Codes();

    [RuntimeImport("*", "gate_get_kept_services")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern uint* KeptServices();

    // The table at the end of gates.asm.
    [StructLayout(LayoutKind.Sequential)]
    private struct GateCodes
    {
        public ulong SystemCall;
        public ulong Entrance;
        public PerBackEnd Enter;
        public PerBackEnd Resume;
        public PerBackEnd Call;
        public PerBackEnd Return;
    }

    [InlineArray(4)]
    private struct PerBackEnd
    {
        private ulong _first;
    }
}
