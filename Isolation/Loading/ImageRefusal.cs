using System.Globalization;

namespace NooksOS.Isolation.Loading;

/// <summary>Why and where an image was refused.</summary>
/// <param name="Reason">The kind of reason.</param>
/// <param name="Offset">Where: in the file for what the parser refuses, in the image for what the verifier refuses.</param>
/// <param name="Detail">One clear line, without the offset.</param>
public sealed record ImageRefusal(ImageRefusalReason Reason, ulong Offset, string Detail)
{
    /// <summary>The line to show.</summary>
    public override string ToString() => Detail + " (at 0x" + Offset.ToString("x", CultureInfo.InvariantCulture) + ")";
}
