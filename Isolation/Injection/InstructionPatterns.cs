using Iced.Intel;

namespace NooksOS.Isolation.Injection;

/// <summary>What an instruction is for, as far as its neighbours show.</summary>
internal static class InstructionPatterns
{
    // How far before a call its arguments are loaded; the compiler interleaves them with little else.
    private const int ArgumentWindow = 8;

    /// <summary>Whether it only transfers control, or does nothing: then it has no operands worth the name.</summary>
    public static bool IsBranchOrNothing(in Instruction instruction)
        => instruction.Mnemonic == Mnemonic.Nop
            || instruction.OpCount == 0
            || instruction.GetOpKind(0) is OpKind.NearBranch16 or OpKind.NearBranch32 or OpKind.NearBranch64;

    /// <summary>Whether the first operand is changed.</summary>
    public static bool WritesFirstOperand(in Instruction instruction)
        => instruction.FlowControl == FlowControl.Next
            && instruction.Mnemonic is not (Mnemonic.Cmp or Mnemonic.Test or Mnemonic.Push or Mnemonic.Bt
                or Mnemonic.Comiss or Mnemonic.Comisd or Mnemonic.Ucomiss or Mnemonic.Ucomisd
                or Mnemonic.Mul or Mnemonic.Div or Mnemonic.Idiv or Mnemonic.Ptest);

    /// <summary>
    /// Whether it gives a local variable its first value: a constant, or a store into the function's frame of a register or constant.
    /// </summary>
    public static bool IsInitialization(FunctionCode code, int index)
    {
        Instruction instruction = code.Instructions[index];
        if (instruction.Mnemonic == Mnemonic.Xor)
        {
            return instruction.Op0Kind == OpKind.Register
                && instruction.Op1Kind == OpKind.Register
                && instruction.Op0Register == instruction.Op1Register;
        }

        if (instruction.Mnemonic is not (Mnemonic.Mov or Mnemonic.Movups or Mnemonic.Movaps or Mnemonic.Movdqu or Mnemonic.Movdqa))
        {
            return false;
        }

        return instruction.Op0Kind == OpKind.Memory
            ? instruction.MemoryBase is Register.RBP or Register.RSP
            : instruction.Op0Kind == OpKind.Register && instruction.Op1Kind is OpKind.Immediate32 or OpKind.Immediate64 or OpKind.Immediate32to64;
    }

    /// <summary>Whether it loads a register that takes an argument of a call that follows (System V ABI, AMD64 supplement, §3.2.3).</summary>
    public static bool IsArgumentLoad(FunctionCode code, int index)
    {
        if (!IsLoad(code.Instructions[index], out Register argument))
        {
            return false;
        }

        int last = int.Min(index + ArgumentWindow, code.Instructions.Count - 1);
        for (int next = index + 1; next <= last; next++)
        {
            Instruction following = code.Instructions[next];
            if (following.FlowControl is FlowControl.Call or FlowControl.IndirectCall)
            {
                return true;
            }

            bool isOverwritten = IsLoad(following, out Register other) && other == argument;
            if (following.FlowControl != FlowControl.Next || isOverwritten)
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsLoad(in Instruction instruction, out Register argument)
    {
        argument = Register.None;
        bool isLoad = instruction.Mnemonic is Mnemonic.Mov or Mnemonic.Lea or Mnemonic.Xor or Mnemonic.Movzx or Mnemonic.Movsx or Mnemonic.Movsxd
            && instruction.Op0Kind == OpKind.Register;
        if (!isLoad)
        {
            return false;
        }

        argument = instruction.Op0Register.GetFullRegister();
        return argument is Register.RDI or Register.RSI or Register.RDX or Register.RCX or Register.R8 or Register.R9;
    }
}
