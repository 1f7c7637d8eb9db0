using System;
using Iced.Intel;

namespace NooksOS.Isolation.Injection;

/// <summary>Changes one instruction in place. The result is as long as the original, and what it does may be anything.</summary>
internal static class InstructionMutation
{
    private const byte Nop = 0x90;

    /// <summary>Applies a fault to the instruction at an index. False if the type has no meaning for it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="code">The function that holds the instruction.</param>
    /// <param name="index">Which instruction.</param>
    /// <param name="random">Chooses among the ways.</param>
    /// <param name="bytes">The instruction's bytes; changed on success.</param>
    public static bool TryApply(FaultType type, FunctionCode code, int index, SeededRandom random, Span<byte> bytes)
    {
        Instruction instruction = code.Instructions[index];
        InstructionFields fields = new(instruction, bytes, code.Constants[index]);
        switch (type)
        {
            case FaultType.Text:
                BitChoice all = default;
                all.AddBytes(0, bytes.Length);
                return all.TryFlip(random, bytes);
            case FaultType.Source:
                return TrySource(instruction, fields, random, bytes);
            case FaultType.Destination:
                return TryDestination(instruction, fields, random, bytes);
            case FaultType.Pointer:
                return TryPointer(instruction, fields, random, bytes);
            case FaultType.Initialization:
                return InstructionPatterns.IsInitialization(code, index) && LeaveOut(bytes);
            case FaultType.NoOperation:
                return instruction.Mnemonic != Mnemonic.Nop && LeaveOut(bytes);
            case FaultType.Branch:
                return instruction.IsJccShortOrNear && LeaveOut(bytes);
            case FaultType.Loop:
                return TryInvert(instruction, fields, bytes);
            case FaultType.Interface:
                return InstructionPatterns.IsArgumentLoad(code, index) && LeaveOut(bytes);
            case FaultType.OffByOne:
                return TryOffByOne(instruction, fields, random, bytes);
            default:
                throw new ArgumentOutOfRangeException(nameof(type));
        }
    }

    private static bool LeaveOut(Span<byte> bytes)
    {
        bytes.Fill(Nop);
        return true;
    }

    private static bool TrySource(in Instruction instruction, in InstructionFields fields, SeededRandom random, Span<byte> bytes)
    {
        if (InstructionPatterns.IsBranchOrNothing(instruction))
        {
            return false;
        }

        BitChoice choice = default;
        for (int operand = InstructionPatterns.WritesFirstOperand(instruction) ? 1 : 0; operand < instruction.OpCount; operand++)
        {
            OperandBits.Add(ref choice, instruction, fields, operand);
        }

        return choice.TryFlip(random, bytes);
    }

    private static bool TryDestination(in Instruction instruction, in InstructionFields fields, SeededRandom random, Span<byte> bytes)
    {
        if (InstructionPatterns.IsBranchOrNothing(instruction) || !InstructionPatterns.WritesFirstOperand(instruction))
        {
            return false;
        }

        BitChoice choice = default;
        OperandBits.Add(ref choice, instruction, fields, operand: 0);
        return choice.TryFlip(random, bytes);
    }

    private static bool TryPointer(in Instruction instruction, in InstructionFields fields, SeededRandom random, Span<byte> bytes)
    {
        bool isPointer = fields.HasMemoryOperand
            && instruction.Mnemonic != Mnemonic.Lea
            && instruction.MemoryBase is not (Register.RBP or Register.RSP);
        if (!isPointer)
        {
            return false;
        }

        BitChoice choice = default;
        OperandBits.AddAddress(ref choice, fields);
        return choice.TryFlip(random, bytes);
    }

    private static bool TryInvert(in Instruction instruction, in InstructionFields fields, Span<byte> bytes)
    {
        const byte RepeatPrefixDifference = 0xF2 ^ 0xF3;
        if (instruction.IsJccShortOrNear)
        {
            bytes[fields.Opcode] ^= 1;
            return true;
        }

        int prefix = instruction.IsStringInstruction ? bytes.IndexOfAny((byte)0xF2, (byte)0xF3) : -1;
        if (prefix < 0)
        {
            return false;
        }

        bytes[prefix] ^= RepeatPrefixDifference;
        return true;
    }

    private static bool TryOffByOne(in Instruction instruction, in InstructionFields fields, SeededRandom random, Span<byte> bytes)
    {
        if (instruction.Mnemonic == Mnemonic.Cmp && fields.Constants.HasImmediate)
        {
            // In the lowest byte only: a carry would make it wrong by more where the constant is short.
            ref byte constant = ref bytes[fields.Constants.ImmediateOffset];
            bool up = constant == 0 || (constant != byte.MaxValue && random.Below(2) == 0);
            constant = up ? (byte)(constant + 1) : (byte)(constant - 1);
            return true;
        }

        bool isConditional = instruction.IsJccShortOrNear || instruction.ConditionCode != ConditionCode.None;
        if (!isConditional)
        {
            return false;
        }

        byte difference = (bytes[fields.Opcode] & 0xF) switch
        {
            // Below and below or equal, above and above or equal.
            0x2 or 0x3 or 0x6 or 0x7 => 4,

            // The same with signs.
            0xC or 0xD or 0xE or 0xF => 2,
            _ => 0,
        };
        bytes[fields.Opcode] ^= difference;
        return difference != 0;
    }
}
