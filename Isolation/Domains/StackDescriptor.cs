using System.Runtime.InteropServices;

namespace NooksOS.Isolation;

/// <summary>The kernel's knowledge of one stack of a domain. In kernel memory: the domain cannot change it.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct StackDescriptor
{
    /// <summary>Next free stack.</summary>
    public StackDescriptor* Next;

    /// <summary>The thread identity that goes with the stack, a ThreadBlock in the domain's memory.</summary>
    public ulong ThreadBlock;

    /// <summary>Stack pointer at the entry of a call; the word there is the return address.</summary>
    public ulong EntryStackPointer;

    /// <summary>Where the gate puts the arguments of a call.</summary>
    public ulong Arguments;

    /// <summary>Lowest address of the stack; below it lies a guard page.</summary>
    public ulong Low;

    /// <summary>End of the stack.</summary>
    public ulong High;

    /// <summary>Next of all stacks of the domain.</summary>
    public StackDescriptor* NextOfDomain;
}
