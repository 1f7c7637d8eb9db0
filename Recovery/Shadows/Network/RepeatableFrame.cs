using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Frames that may come twice, because what they carry is made for that: segments of TCP, which have numbers (RFC 9293 §3.4), and
/// questions and answers about addresses, which say the same again (RFC 826). A datagram that comes twice is another one to its user.
/// </summary>
internal static class RepeatableFrame
{
    /// <summary>Whether the frame is one of these, and whole.</summary>
    public static bool IsRepeatable(ReadOnlySpan<byte> frame)
        => TransportFrame.TryFindInFrame(frame, out ReadOnlySpan<byte> packet)
            ? TransportFrame.IsIntact(packet)
            : AddressResolution.IsIn(frame);
}
