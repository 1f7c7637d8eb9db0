namespace NooksOS.Contracts;

/// <summary>Why a connection ended.</summary>
public enum ConnectionError : uint
{
    /// <summary>It did not, or in good order.</summary>
    None = 0,

    /// <summary>The peer has sent a reset.</summary>
    Reset,

    /// <summary>The peer has answered the SYN with a reset.</summary>
    Refused,

    /// <summary>The peer did not answer any more.</summary>
    TimedOut,

    /// <summary>There is no way to the peer.</summary>
    Unreachable,

    /// <summary>The block was damaged when an instance of the stack took it over.</summary>
    Damaged,
}
