using System;
using System.Collections.Generic;

namespace NooksOS.Isolation.Injection;

/// <summary>Name and meaning of a type of fault.</summary>
/// <param name="Type">The type.</param>
/// <param name="Name">What commands call it.</param>
/// <param name="Summary">What is changed, on one line.</param>
public sealed record FaultTypeInfo(FaultType Type, string Name, string Summary)
{
    /// <summary>All types, in the order of their numbers.</summary>
    public static IReadOnlyList<FaultTypeInfo> All { get; } =
    [
        new(FaultType.Text, "text", "flip one bit of an instruction"),
        new(FaultType.Source, "source", "flip a bit of the register, address or constant that an instruction reads"),
        new(FaultType.Destination, "destination", "flip a bit of the register or address that an instruction writes"),
        new(FaultType.Pointer, "pointer", "flip a bit in the computation of an address outside the function's frame"),
        new(FaultType.Initialization, "initialization", "leave out the initialisation of a local variable"),
        new(FaultType.NoOperation, "nop", "leave out an instruction"),
        new(FaultType.Branch, "branch", "leave out a conditional branch"),
        new(FaultType.Loop, "loop", "invert the condition of a branch or of a repeated string operation"),
        new(FaultType.Interface, "interface", "leave out the load of an argument of a call"),
        new(FaultType.OffByOne, "off-by-one", "make a comparison wrong by one"),
        new(FaultType.AllocationFailure, "allocation-failure", "refuse something that is asked for"),
        new(FaultType.Leak, "leak", "leave out that something is given back"),
        new(FaultType.DoubleFree, "double-free", "give something back twice"),
        new(FaultType.PrematureFree, "premature-free", "give something back as soon as it was obtained"),
        new(FaultType.CopyOverrun, "copy-overrun", "copy more than there is room for"),
        new(FaultType.LockHeld, "lock-held", "leave out that a lock is given back"),
        new(FaultType.UnacknowledgedInterrupt, "unacknowledged-interrupt", "never make the device let go of its line again"),
        new(FaultType.WrongDma, "wrong-dma", "name a wrong address or length of a buffer of the device"),
        new(FaultType.BlockingInterrupt, "blocking-interrupt", "wait in a call that tells of an event"),
        new(FaultType.NoReply, "no-reply", "carry a call out and never answer it"),
    ];

    /// <summary>Whether calls of the wrappers go wrong, rather than instructions.</summary>
    public bool IsAtWrappers => Type >= FaultType.AllocationFailure;

    /// <summary>The type of a name, or null.</summary>
    public static FaultTypeInfo? Find(string name)
    {
        foreach (FaultTypeInfo info in All)
        {
            if (string.Equals(info.Name, name, StringComparison.Ordinal))
            {
                return info;
            }
        }

        return null;
    }
}
