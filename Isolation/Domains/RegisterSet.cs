using System.Runtime.CompilerServices;

namespace NooksOS.Isolation;

/// <summary>General registers in the order RAX RBX RCX RDX RSI RDI RBP R8 to R15.</summary>
[InlineArray(Count)]
public struct RegisterSet
{
    /// <summary>How many registers there are.</summary>
    public const int Count = 15;

    private ulong _first;
}
