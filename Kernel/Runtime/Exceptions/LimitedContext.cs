using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>Registers from which a stack walk starts (PAL_LIMITED_CONTEXT of .NET 9).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LimitedContext
{
    /// <summary>Instruction pointer.</summary>
    public byte* InstructionPointer;

    /// <summary>Stack pointer.</summary>
    public byte* StackPointer;

    /// <summary>RBP.</summary>
    public ulong Rbp;

    /// <summary>RAX.</summary>
    public ulong Rax;

    /// <summary>RBX.</summary>
    public ulong Rbx;

    /// <summary>RDX.</summary>
    public ulong Rdx;

    /// <summary>R12.</summary>
    public ulong R12;

    /// <summary>R13.</summary>
    public ulong R13;

    /// <summary>R14.</summary>
    public ulong R14;

    /// <summary>R15.</summary>
    public ulong R15;
}
