using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>What an extension is blamed for.</summary>
/// <param name="Kind">The kind of failure.</param>
/// <param name="Detail">What it did, for people.</param>
internal readonly record struct Complaint(FaultKind Kind, string Detail)
{
    /// <summary>A driver whose answer to an exchange cannot be true.</summary>
    public static Complaint BadExchangeWithDriver => new(
        FaultKind.BadReply, "took or completed more frames than it was given, received what is no frame, or promised more and never brought it");

    /// <summary>A stack whose answer to an exchange cannot be true.</summary>
    public static Complaint BadExchangeWithStack => new(
        FaultKind.BadReply, "took more frames than it was given, sent what is no frame, or promised more and never brought it");
}
