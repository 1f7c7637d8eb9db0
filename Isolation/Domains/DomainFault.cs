using NooksOS.Contracts;

namespace NooksOS.Isolation;

/// <summary>What is known at the moment a domain dies. Plain data: it is written by interrupt handlers.</summary>
public struct DomainFault
{
    /// <summary>How the failure was detected.</summary>
    public FaultKind Kind;

    /// <summary>The processor's vector, or zero.</summary>
    public uint Vector;

    /// <summary>The processor's error code, or a detail of the kind.</summary>
    public ulong ErrorCode;

    /// <summary>The instruction.</summary>
    public ulong InstructionPointer;

    /// <summary>The address it wanted, for memory faults.</summary>
    public ulong Address;

    /// <summary>Its stack pointer.</summary>
    public ulong StackPointer;

    /// <summary>When, since boot.</summary>
    public long TimeNanoseconds;

    /// <summary>The kernel thread that was in the domain.</summary>
    public ulong ThreadId;

    /// <summary>General registers: RAX RBX RCX RDX RSI RDI RBP R8 to R15.</summary>
    public RegisterSet Registers;
}
