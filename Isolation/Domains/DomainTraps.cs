using NooksOS.Contracts;
using NooksOS.Isolation.Injection;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;

namespace NooksOS.Isolation;

/// <summary>What the kernel does about an exception inside a domain: the runtime inside gets those it can turn into managed
/// exceptions; any other ends the domain.</summary>
public static unsafe class DomainTraps
{
    private const ulong PageFaultWrite = 2;
    private const ulong PageFaultInstruction = 16;

    /// <summary>Takes part in traps from now on.</summary>
    public static void Install() => TrapHooks.DomainException = &OnException;

    /// <summary>Under the direct back end nothing is protected: what is not a managed exception is the kernel's own end.</summary>
    private static void OnException(TrapFrame* frame)
    {
        ThreadControl* thread = Scheduler.Current;
        XpcFrame* call = (XpcFrame*)thread->XpcFrame;
        DomainControl* domain = call->Domain;
        if (ArmedFaults.TryActivate(frame, domain->DomainId))
        {
            return;
        }

        ulong address = frame->Vector == (ulong)TrapVector.PageFault ? Processor.ReadCr2() : 0;
        if (Traps.TryThrowManaged(frame, in domain->Code, address))
        {
            return;
        }

        if (domain->BackEnd == ProtectionBackEnd.Direct)
        {
            Traps.Fatal(frame);
        }

        DomainFault fault = DomainDeath.FromTrap(frame, Classify(frame, call, address));
        fault.Address = address;
        DomainDeath.Kill(domain, in fault);
    }

    private static FaultKind Classify(TrapFrame* frame, XpcFrame* call, ulong address)
    {
        switch ((TrapVector)frame->Vector)
        {
            case TrapVector.InvalidOpcode:
                return FaultKind.UndefinedInstruction;
            case TrapVector.GeneralProtection:
                // Non-canonical addresses raise #GP as well; the instruction tells the two apart only by its effect.
                return FaultKind.PrivilegedInstruction;
            case TrapVector.PageFault:
                if (address < call->Stack->Low && call->Stack->Low - address <= StackPool.StackBytes)
                {
                    return FaultKind.StackOverflow;
                }

                if ((frame->ErrorCode & PageFaultInstruction) != 0)
                {
                    return FaultKind.IllegalExecute;
                }

                return (frame->ErrorCode & PageFaultWrite) != 0 ? FaultKind.IllegalWrite : FaultKind.IllegalRead;
            default:
                return FaultKind.ProcessorException;
        }
    }
}
