namespace NooksOS.Contracts;

/// <summary>How a call across a protection boundary ended. Zero is success.</summary>
public enum CallStatus : uint
{
    /// <summary>The call was carried out.</summary>
    Ok = 0,

    /// <summary>The domain that was called died before it could answer; nothing it did can be relied on.</summary>
    DomainDied = 1,

    /// <summary>The domain is being replaced; the same call may succeed once it is back.</summary>
    DomainUnavailable = 2,

    /// <summary>A handle was never given to the caller, has been released, or is of another type.</summary>
    BadHandle = 3,

    /// <summary>An argument is outside what the contract allows. Counts as a software fault of the caller.</summary>
    BadParameter = 4,

    /// <summary>The caller's quota of memory or handles is used up.</summary>
    QuotaExceeded = 5,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 6,

    /// <summary>What was asked for is held by somebody else, or a queue is full.</summary>
    Busy = 7,

    /// <summary>The time given for the call ran out.</summary>
    TimedOut = 8,

    /// <summary>The callee does not offer this.</summary>
    NotSupported = 9,

    /// <summary>A wait was ended because the waiting domain is being stopped.</summary>
    Cancelled = 10,

    /// <summary>The callee tried and the device or resource failed.</summary>
    Failed = 11,

    /// <summary>The call was told not to wait, and would have had to.</summary>
    WouldBlock = 12,

    /// <summary>The peer, or the end of its owner, has broken the connection.</summary>
    ConnectionReset = 13,

    /// <summary>The peer does not accept the connection.</summary>
    ConnectionRefused = 14,

    /// <summary>Somebody else has the port.</summary>
    AddressInUse = 15,

    /// <summary>There is no way to the peer.</summary>
    Unreachable = 16,

    /// <summary>The socket is not connected, or not what the call needs it to be.</summary>
    NotConnected = 17,

    /// <summary>Memory or room is short. No fault of the caller's: the same call may succeed later.</summary>
    OutOfResources = 18,
}
