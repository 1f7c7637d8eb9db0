namespace NooksOS.Runtime;

/// <summary>What a walk of another image's stack starts from.</summary>
public struct ForeignRegisters
{
    /// <summary>The instruction.</summary>
    public ulong InstructionPointer;

    /// <summary>The stack pointer.</summary>
    public ulong StackPointer;

    /// <summary>RBX.</summary>
    public ulong Rbx;

    /// <summary>RBP.</summary>
    public ulong Rbp;

    /// <summary>R12.</summary>
    public ulong R12;

    /// <summary>R13.</summary>
    public ulong R13;

    /// <summary>R14.</summary>
    public ulong R14;

    /// <summary>R15.</summary>
    public ulong R15;
}
