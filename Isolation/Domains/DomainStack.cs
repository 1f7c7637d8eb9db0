using System;
using NooksOS.Kernel.Cpu;
using NooksOS.Runtime;

namespace NooksOS.Isolation;

/// <summary>
/// The functions that were on a domain's stack when it died, read before its memory is freed. The image's description of its
/// frames is in memory that the domain cannot write; its stack is not believed.
/// </summary>
public static unsafe class DomainStack
{
    private const int MaximumDepth = 16;
    private const int MaximumWordsWithoutFrame = 16;
    private const int Rbx = 1;
    private const int Rbp = 6;
    private const int R12 = 11;

    /// <summary>Return addresses, innermost first, without the place of the fault itself.</summary>
    public static ulong[] Capture(Domain domain, in DomainFault fault)
    {
        ArgumentNullException.ThrowIfNull(domain);
        if (fault.StackPointer == 0 || !domain.Control->Contains(fault.StackPointer, sizeof(ulong)))
        {
            return [];
        }

        ForeignRegisters registers = new()
        {
            InstructionPointer = fault.InstructionPointer,
            StackPointer = fault.StackPointer,
            Rbx = fault.Registers[Rbx],
            Rbp = fault.Registers[Rbp],
            R12 = fault.Registers[R12],
            R13 = fault.Registers[R12 + 1],
            R14 = fault.Registers[R12 + 2],
            R15 = fault.Registers[R12 + 3],
        };
        Span<ulong> addresses = stackalloc ulong[MaximumDepth];
        int count = 0;
        bool isReturnAddress = fault.Vector == 0;
        if (!domain.Control->Code.IsManaged(fault.InstructionPointer))
        {
            // In assembly, which keeps no frame, or after a wild jump: the caller's address is on top of the stack.
            if (!TryFindCaller(domain, ref registers))
            {
                return [];
            }

            addresses[count++] = registers.InstructionPointer;
            isReturnAddress = true;
        }

        count += ForeignStack.Walk(domain.UnwindTable, in registers, isReturnAddress, &TryRead, addresses[count..]);
        while (count != 0 && !domain.Control->Code.IsManaged(addresses[count - 1]))
        {
            // The gate's code, or rubbish.
            count--;
        }

        return addresses[..count].ToArray();
    }

    private static bool TryFindCaller(Domain domain, ref ForeignRegisters registers)
    {
        for (int word = 0; word < MaximumWordsWithoutFrame && TryRead(registers.StackPointer, out ulong value); word++)
        {
            registers.StackPointer += sizeof(ulong);
            if (domain.Control->Code.IsManaged(value))
            {
                registers.InstructionPointer = value;
                return true;
            }
        }

        return false;
    }

    // Stacks only: a register may hold any address, and reading a device's memory has effects.
    private static bool TryRead(ulong address, out ulong value)
    {
        value = 0;
        if (address >= SlotLayout.SlotBytes * SlotLayout.SlotLimit
            || address % SlotLayout.SlotBytes is < SlotLayout.Stacks or > SlotLayout.RegisterWindows - sizeof(ulong))
        {
            return false;
        }

        // SAFETY: the copy finds out by itself whether the memory is there; what is read is shown, not used.
        fixed (ulong* destination = &value)
        {
            return Traps.FaultSafeCopy(destination, (void*)address, sizeof(ulong)) == 0;
        }
    }
}
