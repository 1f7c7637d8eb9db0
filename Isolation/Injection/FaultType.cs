namespace NooksOS.Isolation.Injection;

/// <summary>
/// What kind of programmer's mistake an injected fault stands for. Those of Rio (Ng and Chen, FTCS 1999), Nooks (Swift and others,
/// SOSP 2003) and MINIX 3 (Herder and others, DSN 2009) have their meaning there. Numbers are not reused: a seed means
/// the same faults for ever.
/// </summary>
public enum FaultType
{
    /// <summary>One bit of an instruction flips.</summary>
    Text = 0,

    /// <summary>A bit flips in what an instruction reads: the register, the address or the constant.</summary>
    Source = 1,

    /// <summary>A bit flips in where an instruction writes to.</summary>
    Destination = 2,

    /// <summary>A bit flips in the computation of an address that is not in the function's own frame.</summary>
    Pointer = 3,

    /// <summary>A local variable is not initialised: the store or the constant is left out.</summary>
    Initialization = 4,

    /// <summary>An instruction is left out.</summary>
    NoOperation = 5,

    /// <summary>A conditional branch is left out.</summary>
    Branch = 6,

    /// <summary>The condition of a branch is inverted, or that of a repeated string operation.</summary>
    Loop = 7,

    /// <summary>An argument of a call is not loaded.</summary>
    Interface = 8,

    /// <summary>A comparison is off by one: "less" becomes "less or equal", or its constant changes by one.</summary>
    OffByOne = 9,

    /// <summary>At the wrappers: what was asked for is not there.</summary>
    AllocationFailure = 10,

    /// <summary>At the wrappers: something is not given back.</summary>
    Leak = 11,

    /// <summary>At the wrappers: something is given back twice.</summary>
    DoubleFree = 12,

    /// <summary>At the wrappers: something is given back as soon as it was obtained, and used on.</summary>
    PrematureFree = 13,

    /// <summary>At the wrappers: a copy is too long for the room that was made for it.</summary>
    CopyOverrun = 14,

    /// <summary>At the wrappers: a lock is not given back.</summary>
    LockHeld = 15,

    /// <summary>At the wrappers: an interrupt is never acknowledged.</summary>
    UnacknowledgedInterrupt = 16,

    /// <summary>At the wrappers: the address or the length of a buffer is wrong that a device is told of.</summary>
    WrongDma = 17,

    /// <summary>At the wrappers: who is called for an event waits for something that does not come.</summary>
    BlockingInterrupt = 18,

    /// <summary>At the wrappers: a call is carried out and never answered.</summary>
    NoReply = 19,
}
