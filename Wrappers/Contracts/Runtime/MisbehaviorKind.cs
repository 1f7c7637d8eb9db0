namespace NooksOS.Contracts;

/// <summary>The ways in which an extension can be told to fail, for real and from inside.</summary>
public enum MisbehaviorKind : uint
{
    /// <summary>Writes to kernel memory at the address given.</summary>
    WildWrite = 1,

    /// <summary>Reads an address at which nothing is mapped.</summary>
    WildRead,

    /// <summary>Uses a null reference.</summary>
    Null,

    /// <summary>Divides by zero.</summary>
    Divide,

    /// <summary>Executes an undefined instruction.</summary>
    BadOpcode,

    /// <summary>Jumps to data.</summary>
    BadJump,

    /// <summary>Recurses until the stack is used up.</summary>
    StackOverflow,

    /// <summary>Never returns.</summary>
    Loop,

    /// <summary>Waits for a lock that nobody will release.</summary>
    Deadlock,

    /// <summary>Throws an exception that nobody catches.</summary>
    Exception,

    /// <summary>Uses a handle that it was never given.</summary>
    BadHandle,

    /// <summary>Passes a span that reaches outside its own memory.</summary>
    BadParameter,

    /// <summary>Overwrites the structures of its own heap, then goes on.</summary>
    HeapCorruption,

    /// <summary>Takes memory and handles and never gives them back, until its quota is used up.</summary>
    Leak,

    /// <summary>Stops doing its work while it still returns from every call.</summary>
    Silent,

    /// <summary>Executes a privileged instruction (the kernel patches one into the running instance).</summary>
    Privileged,

    /// <summary>Goes on working, but no longer makes its device let go of the interrupt line.</summary>
    InterruptStorm,

    /// <summary>Goes on working, but has its device write to kernel memory at the address given.</summary>
    WildDma,
}
