using System.Runtime.InteropServices;

namespace NooksOS.Kernel.Cpu;

/// <summary>
/// The interrupted state that the trap entry leaves on the kernel stack. Offsets are those of <c>layout.inc</c>.
/// Changing a field changes what the interrupted code finds when it goes on.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 704)]
public unsafe struct TrapFrame
{
    /// <summary>The FXSAVE image.</summary>
    [FieldOffset(0)]
    public fixed byte VectorState[512];

    /// <summary>R15.</summary>
    [FieldOffset(512)]
    public ulong R15;

    /// <summary>R14.</summary>
    [FieldOffset(520)]
    public ulong R14;

    /// <summary>R13.</summary>
    [FieldOffset(528)]
    public ulong R13;

    /// <summary>R12.</summary>
    [FieldOffset(536)]
    public ulong R12;

    /// <summary>R11.</summary>
    [FieldOffset(544)]
    public ulong R11;

    /// <summary>R10.</summary>
    [FieldOffset(552)]
    public ulong R10;

    /// <summary>R9.</summary>
    [FieldOffset(560)]
    public ulong R9;

    /// <summary>R8.</summary>
    [FieldOffset(568)]
    public ulong R8;

    /// <summary>RBP.</summary>
    [FieldOffset(576)]
    public ulong Rbp;

    /// <summary>RDI.</summary>
    [FieldOffset(584)]
    public ulong Rdi;

    /// <summary>RSI.</summary>
    [FieldOffset(592)]
    public ulong Rsi;

    /// <summary>RDX.</summary>
    [FieldOffset(600)]
    public ulong Rdx;

    /// <summary>RCX.</summary>
    [FieldOffset(608)]
    public ulong Rcx;

    /// <summary>RBX.</summary>
    [FieldOffset(616)]
    public ulong Rbx;

    /// <summary>RAX.</summary>
    [FieldOffset(624)]
    public ulong Rax;

    /// <summary>One if a domain was interrupted, zero if the kernel was.</summary>
    [FieldOffset(632)]
    public ulong FromDomain;

    /// <summary>The vector, 0 to 255.</summary>
    [FieldOffset(640)]
    public ulong Vector;

    /// <summary>The processor's error code, or zero.</summary>
    [FieldOffset(648)]
    public ulong ErrorCode;

    /// <summary>Where the interrupted code was.</summary>
    [FieldOffset(656)]
    public ulong Rip;

    /// <summary>Its code segment.</summary>
    [FieldOffset(664)]
    public ulong Cs;

    /// <summary>Its flags.</summary>
    [FieldOffset(672)]
    public ulong Rflags;

    /// <summary>Its stack pointer.</summary>
    [FieldOffset(680)]
    public ulong Rsp;

    /// <summary>Its stack segment.</summary>
    [FieldOffset(688)]
    public ulong Ss;
}
