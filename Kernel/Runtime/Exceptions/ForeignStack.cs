using System;

namespace NooksOS.Runtime;

/// <summary>
/// Walks a stack of another image by that image's own description of its frames. The description must be trustworthy; the
/// stack may hold anything, and a walk over rubbish only ends early.
/// </summary>
public static unsafe class ForeignStack
{
    private const int Rbx = 3;
    private const int Rbp = 6;
    private const int Rsp = 7;
    private const int R12 = 12;
    private const int R13 = 13;
    private const int R14 = 14;
    private const int R15 = 15;

    /// <summary>Collects return addresses, innermost first, beginning with the caller of the function it starts in.</summary>
    /// <param name="frameTable">The image's .eh_frame_hdr.</param>
    /// <param name="start">Where to start.</param>
    /// <param name="isReturnAddress">Whether the instruction is one that a call returns to.</param>
    /// <param name="read">Reads a word of the stack; false if it is not there.</param>
    /// <param name="addresses">Where they go.</param>
    /// <returns>How many there are.</returns>
    public static int Walk(
        ulong frameTable, in ForeignRegisters start, bool isReturnAddress, delegate*<ulong, out ulong, bool> read, Span<ulong> addresses)
    {
        ForeignRegisters registers = start;
        int count = 0;
        while (count < addresses.Length && TryUnwind(frameTable, ref registers, isReturnAddress, read))
        {
            addresses[count++] = registers.InstructionPointer;
            isReturnAddress = true;
        }

        return count;
    }

    private static bool TryUnwind(
        ulong frameTable, ref ForeignRegisters registers, bool isReturnAddress, delegate*<ulong, out ulong, bool> read)
    {
        // A return address may be the first byte after its function.
        byte* instruction = (byte*)(isReturnAddress ? registers.InstructionPointer - 1 : registers.InstructionPointer);
        FrameDescription function;
        CallFrameRules rules;
        if (!FrameDescription.TryFind((byte*)frameTable, instruction, &function)
            || instruction < function.Start
            || !function.TryGetRules(instruction, &rules))
        {
            return false;
        }

        ulong frame = rules.FrameRegister switch
        {
            Rsp => registers.StackPointer,
            Rbp => registers.Rbp,
            Rbx => registers.Rbx,
            _ => 0,
        };
        frame += (ulong)rules.FrameOffsetBytes;
        ulong above = registers.StackPointer;
        registers.StackPointer = frame;
        return frame > above
            && TryRestore(&rules, Rbx, frame, read, ref registers.Rbx)
            && TryRestore(&rules, Rbp, frame, read, ref registers.Rbp)
            && TryRestore(&rules, R12, frame, read, ref registers.R12)
            && TryRestore(&rules, R13, frame, read, ref registers.R13)
            && TryRestore(&rules, R14, frame, read, ref registers.R14)
            && TryRestore(&rules, R15, frame, read, ref registers.R15)
            && TryRestore(&rules, CallFrameRules.ReturnAddress, frame, read, ref registers.InstructionPointer);
    }

    private static bool TryRestore(
        CallFrameRules* rules, int register, ulong frame, delegate*<ulong, out ulong, bool> read, ref ulong value)
        => (rules->SavedMask & (1u << register)) == 0 || read(frame + (ulong)rules->OffsetBytes[register], out value);
}
