using System.Runtime;
using System.Runtime.CompilerServices;
using NooksOS.Kernel.Bus.Interrupts;
using NooksOS.Kernel.Bus.Remapping;
using NooksOS.Kernel.Diagnostics;
using NooksOS.Kernel.Threads;

namespace NooksOS.Kernel.Cpu;

/// <summary>
/// What happens on an interrupt or exception, after the entry code has saved the state and before it restores it. Runs with
/// interrupts off, does not allocate, does not wait.
/// </summary>
public static unsafe class Traps
{
    private const ulong NullRegionBytes = 64 * 1024;
    private const ulong NullReferenceCode = 0;
    private const ulong DivideByZeroCode = 0xC000_0094;
    private const ulong HelperFaultCode = 66;
    private const ulong DirectionFlag = 0x400;

    /// <summary>
    /// Turns a hardware exception in managed code into a managed one: the interrupted code continues in the runtime's thrower.
    /// False if the image's runtime cannot do that for this exception.
    /// </summary>
    /// <param name="frame">The interrupted state; changed on success.</param>
    /// <param name="code">Where the image's code lies.</param>
    /// <param name="faultAddress">CR2 for a page fault.</param>
    public static bool TryThrowManaged(TrapFrame* frame, in ImageCodeRanges code, ulong faultAddress)
    {
        ulong kind;
        switch ((TrapVector)frame->Vector)
        {
            case TrapVector.PageFault when faultAddress < NullRegionBytes:
                kind = NullReferenceCode;
                break;
            case TrapVector.DivideError:
                kind = DivideByZeroCode;
                break;
            default:
                return false;
        }

        if (code.IsHelper(frame->Rip))
        {
            // A leaf helper has pushed nothing: the fault is its caller's, whose address is on top of the stack.
            kind = HelperFaultCode;
            ulong caller;
            if (FaultSafeCopy(&caller, (void*)frame->Rsp, sizeof(ulong)) != 0)
            {
                return false;
            }

            frame->Rip = caller;
            frame->Rsp += sizeof(ulong);
        }

        if (!code.IsManaged(frame->Rip))
        {
            return false;
        }

        // A copy that was going backwards leaves the direction flag set.
        frame->Rflags &= ~DirectionFlag;
        frame->Rdi = kind;
        frame->Rsi = frame->Rip;
        frame->Rip = code.ThrowHardwareException;
        return true;
    }

    /// <summary>Copies where one side belongs to a domain and may not be accessible. Zero if all of it was copied.</summary>
    [RuntimeImport("*", "fault_safe_copy")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong FaultSafeCopy(void* destination, void* source, nuint sizeBytes);

    [RuntimeExport("trap_handler")]
    private static void Handle(TrapFrame* frame)
    {
        IdleTime.End();
        switch ((TrapVector)frame->Vector)
        {
            case TrapVector.Timer:
                LocalApic.EndOfInterrupt();
                OnTimer(frame);
                break;
            case >= TrapVector.FirstInterruptLine and <= TrapVector.LastInterruptLine:
                InterruptLines.Dispatch((uint)frame->Vector - (uint)TrapVector.FirstInterruptLine);

                // After the handler has masked the line: a level that is still asserted must not be delivered again.
                LocalApic.EndOfInterrupt();
                break;
            case TrapVector.DmaFault:
                DmaRemapping.OnFaultEvent();
                LocalApic.EndOfInterrupt();
                break;
            case TrapVector.Spurious:
                break;
            default:
                OnException(frame);
                break;
        }
    }

    private static void OnTimer(TrapFrame* frame)
    {
        long now = Clock.Nanoseconds;
        Scheduler.OnTick();
        WaitTable.OnTick(now);
        if (TrapHooks.Tick != null)
        {
            TrapHooks.Tick(frame, now);
        }
    }

    private static void OnException(TrapFrame* frame)
    {
        if (frame->FromDomain != 0 && TrapHooks.DomainException != null)
        {
            TrapHooks.DomainException(frame);
            return;
        }

        ulong faultAddress = Processor.ReadCr2();
        if (frame->Vector is (ulong)TrapVector.PageFault or (ulong)TrapVector.GeneralProtection
            && frame->Rip - GetCopyStart() < GetCopyEnd() - GetCopyStart())
        {
            frame->Rip = GetCopyFailed();
            return;
        }

        if (TryThrowManaged(frame, in KernelImage.Code, faultAddress))
        {
            return;
        }

        Fatal(frame);
    }

    /// <summary>The kernel cannot go on from this exception.</summary>
    public static void Fatal(TrapFrame* frame)
    {
        if (TrapHooks.FatalException != null)
        {
            TrapHooks.FatalException(frame);
        }

        Panic.Stop("unexpected exception"u8, frame->Rip);
    }

    [RuntimeImport("*", "trap_get_copy_start")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong GetCopyStart();

    [RuntimeImport("*", "trap_get_copy_end")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong GetCopyEnd();

    [RuntimeImport("*", "trap_get_copy_failed")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong GetCopyFailed();
}
