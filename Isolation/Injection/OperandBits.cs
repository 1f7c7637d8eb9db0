using System;
using Iced.Intel;

namespace NooksOS.Isolation.Injection;

/// <summary>Which bits of an encoding name one operand.</summary>
internal static class OperandBits
{
    private const int RegisterFieldShift = 3;
    private const int FieldBits = 3;
    private const int ModeShift = 6;
    private const int ModeBits = 2;

    /// <summary>Adds the bits of an operand.</summary>
    public static void Add(ref BitChoice choice, in Instruction instruction, in InstructionFields fields, int operand)
    {
        switch (instruction.GetOpKind(operand))
        {
            case OpKind.Register:
                AddRegister(ref choice, instruction.GetOpRegister(operand), fields);
                break;
            case OpKind.Memory:
                AddAddress(ref choice, fields);
                break;
            case OpKind.Immediate8 or OpKind.Immediate16 or OpKind.Immediate32 or OpKind.Immediate64
                or OpKind.Immediate8to16 or OpKind.Immediate8to32 or OpKind.Immediate8to64 or OpKind.Immediate32to64:
                choice.AddBytes(fields.Constants.ImmediateOffset, fields.Constants.ImmediateSize);
                break;
            default:
                // What the opcode implies, as the string operations do, has no bits of its own.
                break;
        }
    }

    /// <summary>Adds the bits of a memory operand's address.</summary>
    public static void AddAddress(ref BitChoice choice, in InstructionFields fields)
    {
        if (fields.ModRm >= 0)
        {
            choice.AddBits(fields.ModRm, 0, FieldBits);
            choice.AddBits(fields.ModRm, ModeShift, ModeBits);
        }

        if (fields.Sib >= 0)
        {
            choice.AddBytes(fields.Sib, 1);
        }

        choice.AddBytes(fields.Constants.DisplacementOffset, fields.Constants.DisplacementSize);
    }

    private static void AddRegister(ref BitChoice choice, Register register, in InstructionFields fields)
    {
        int number = register.GetNumber();
        if (fields.ModRm < 0)
        {
            choice.AddBits(fields.Opcode, 0, FieldBits);
        }
        else if (fields.RegisterField == number)
        {
            choice.AddBits(fields.ModRm, RegisterFieldShift, FieldBits);
        }
        else if (fields.IsRegisterMode && fields.ReadOrMemoryField == number)
        {
            choice.AddBits(fields.ModRm, 0, FieldBits);
        }
    }
}
