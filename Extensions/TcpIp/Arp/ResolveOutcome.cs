namespace NooksOS.Extensions.TcpIp;

/// <summary>What is known of the way to a neighbour.</summary>
internal enum ResolveOutcome
{
    /// <summary>Its station is known.</summary>
    Resolved,

    /// <summary>It was asked.</summary>
    Pending,

    /// <summary>It did not answer, and was not asked again.</summary>
    Unreachable,
}
