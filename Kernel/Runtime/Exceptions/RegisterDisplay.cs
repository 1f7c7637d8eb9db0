using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>Where the preserved registers of a frame lie in memory (REGDISPLAY of .NET 9).</summary>
[StructLayout(LayoutKind.Explicit, Size = 136)]
internal unsafe struct RegisterDisplay
{
    /// <summary>RBX.</summary>
    [FieldOffset(0x18)]
    public ulong* Rbx;

    /// <summary>RBP.</summary>
    [FieldOffset(0x20)]
    public ulong* Rbp;

    /// <summary>R12.</summary>
    [FieldOffset(0x58)]
    public ulong* R12;

    /// <summary>R13.</summary>
    [FieldOffset(0x60)]
    public ulong* R13;

    /// <summary>R14.</summary>
    [FieldOffset(0x68)]
    public ulong* R14;

    /// <summary>R15.</summary>
    [FieldOffset(0x70)]
    public ulong* R15;

    /// <summary>Stack pointer.</summary>
    [FieldOffset(0x78)]
    public byte* StackPointer;

    /// <summary>Instruction pointer.</summary>
    [FieldOffset(0x80)]
    public byte* InstructionPointer;
}
