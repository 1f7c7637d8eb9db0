using NooksOS.Kernel.Cpu;

namespace NooksOS.Isolation;

/// <summary>Where in its image a domain has called the kernel, past the code that every call goes through.</summary>
internal static unsafe class CallSite
{
    private const int Rbx = 1;
    private const int Rbp = 6;
    private const int R12 = 11;

    /// <summary>
    /// Fills in the instruction, the stack pointer and the registers that functions preserve. What the domain has on its stack
    /// is believed for this record only; if it cannot be read, the place of the call itself stands for it.
    /// </summary>
    public static void Fill(ref DomainFault fault, XpcFrame* call)
    {
        fault.InstructionPointer = call->InstructionPointer;
        fault.StackPointer = call->StackPointer;
        if (call->InService == 0)
        {
            return;
        }

        // As XpcCall has pushed them, from the top of the stack: at ring 3 its stub's return address first.
        SavedRegisters saved;
        ulong start = call->StackPointer + (call->Domain->BackEnd == ProtectionBackEnd.Ring3 ? (ulong)sizeof(ulong) : 0);

        // SAFETY: the copy finds out by itself whether the domain's memory is there.
        if (!call->Domain->Contains(start, (ulong)sizeof(SavedRegisters))
            || Traps.FaultSafeCopy(&saved, (void*)start, (nuint)sizeof(SavedRegisters)) != 0
            || !call->Domain->Code.IsManaged(saved.ReturnAddress))
        {
            return;
        }

        fault.InstructionPointer = saved.ReturnAddress;
        fault.StackPointer = start + (ulong)sizeof(SavedRegisters);
        fault.Registers[Rbx] = saved.Rbx;
        fault.Registers[Rbp] = saved.Rbp;
        fault.Registers[R12] = saved.R12;
        fault.Registers[R12 + 1] = saved.R13;
        fault.Registers[R12 + 2] = saved.R14;
        fault.Registers[R12 + 3] = saved.R15;
    }

    private struct SavedRegisters
    {
        public ulong R15;
        public ulong R14;
        public ulong R13;
        public ulong R12;
        public ulong Rbp;
        public ulong Rbx;
        public ulong ReturnAddress;
    }
}
