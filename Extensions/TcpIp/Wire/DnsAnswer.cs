namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>What a message says of a question.</summary>
internal enum DnsAnswer
{
    /// <summary>It is no answer to this question, or broken.</summary>
    NotAnAnswer,

    /// <summary>The address.</summary>
    Address,

    /// <summary>There is no such name, or it has no address.</summary>
    NoSuchName,

    /// <summary>The server cannot, or will not, tell.</summary>
    ServerFailed,
}
