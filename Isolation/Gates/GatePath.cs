using System;
using Iced.Intel;

namespace NooksOS.Isolation;

/// <summary>
/// A way through the gate's code, followed by decoding it. The gate is written so that on the common way no conditional
/// branch is taken.
/// </summary>
/// <param name="Instructions">How many instructions are on it.</param>
/// <param name="End">The address after the last one.</param>
internal readonly record struct GatePath(int Instructions, ulong End)
{
    private const int AddressBits = 64;
    private const int LongestInstructionBytes = 15;

    /// <summary>Follows the code up to and with the first instruction that leaves it: a call, a return or an indirect jump.</summary>
    public static unsafe GatePath Follow(ulong start, bool isFirstBranchTaken)
    {
        ulong address = start;
        for (int count = 1; ; count++)
        {
            // SAFETY: the address is within the gate, after which more of the kernel's code lies.
            byte[] bytes = new ReadOnlySpan<byte>((void*)address, LongestInstructionBytes).ToArray();
            Decoder decoder = Decoder.Create(AddressBits, new ByteArrayCodeReader(bytes));
            decoder.IP = address;
            decoder.Decode(out Instruction instruction);
            switch (instruction.FlowControl)
            {
                case FlowControl.Next:
                    address = instruction.NextIP;
                    break;
                case FlowControl.UnconditionalBranch:
                    address = instruction.NearBranchTarget;
                    break;
                case FlowControl.ConditionalBranch:
                    address = isFirstBranchTaken ? instruction.NearBranchTarget : instruction.NextIP;
                    isFirstBranchTaken = false;
                    break;
                default:
                    return new GatePath(count, instruction.NextIP);
            }
        }
    }
}
