namespace NooksOS.Contracts;

/// <summary>How a failure of a domain was detected.</summary>
public enum FaultKind : uint
{
    /// <summary>A write outside the domain's memory, or to memory it may only read.</summary>
    IllegalWrite = 1,

    /// <summary>A read of memory that is not mapped or not the domain's.</summary>
    IllegalRead,

    /// <summary>A jump to something that is not code.</summary>
    IllegalExecute,

    /// <summary>A privileged instruction, or another general protection fault.</summary>
    PrivilegedInstruction,

    /// <summary>An undefined instruction.</summary>
    UndefinedInstruction,

    /// <summary>Another processor exception.</summary>
    ProcessorException,

    /// <summary>The stack was used up.</summary>
    StackOverflow,

    /// <summary>A managed exception reached the boundary.</summary>
    UnhandledException,

    /// <summary>The runtime inside the image gave up.</summary>
    RuntimeFailure,

    /// <summary>A call ran longer than it may.</summary>
    Runaway,

    /// <summary>A call waited longer than it may.</summary>
    Deadlock,

    /// <summary>Work is queued and nothing is completed, or a heartbeat was not answered.</summary>
    Silence,

    /// <summary>A handle that the domain does not hold.</summary>
    BadHandle,

    /// <summary>An argument outside what the contract allows.</summary>
    BadParameter,

    /// <summary>A quota was used up.</summary>
    QuotaExceeded,

    /// <summary>An answer that the contract does not allow.</summary>
    BadReply,

    /// <summary>Stopped by command, not by failure.</summary>
    Requested,

    /// <summary>An interrupt line was asserted again and again and no work was done for it.</summary>
    InterruptStorm,

    /// <summary>It says that its device fails, which a fresh instance has to confirm before it counts.</summary>
    DeviceFailure,

    /// <summary>Its device wanted to read or write memory that was not opened to it.</summary>
    DmaFault,
}
