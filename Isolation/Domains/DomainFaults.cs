using NooksOS.Contracts;
using NooksOS.Kernel.Threads;

namespace NooksOS.Isolation;

/// <summary>Software faults: a call that the contract does not allow ends the domain that made it.</summary>
public static unsafe class DomainFaults
{
    /// <summary>Kills the domain because of something it asked for.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="kind">What it did.</param>
    /// <param name="instructionPointer">Where, or zero for the place of the call that is being served.</param>
    /// <param name="detail">A number that tells more, such as the address.</param>
    public static void Report(DomainControl* domain, FaultKind kind, ulong instructionPointer, ulong detail)
    {
        DomainFault fault = default;
        fault.Kind = kind;
        fault.InstructionPointer = instructionPointer;
        fault.ErrorCode = detail;
        fault.Address = detail;
        ThreadControl* thread = Scheduler.Current;
        fault.ThreadId = thread->ThreadId;
        XpcFrame* call = (XpcFrame*)thread->XpcFrame;
        if (call != null && call->Domain == domain)
        {
            CallSite.Fill(ref fault, call);
            if (instructionPointer != 0)
            {
                fault.InstructionPointer = instructionPointer;
            }
        }

        DomainDeath.Kill(domain, in fault);
    }
}
