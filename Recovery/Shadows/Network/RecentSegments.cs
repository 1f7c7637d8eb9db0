using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Remembers which segments have passed lately, each by a number that follows from its headers: among them are its place in the stream and
/// the checksum of all of it. Of fixed size; what is old makes room. The owner guards it.
/// </summary>
internal sealed class RecentSegments
{
    private const int Capacity = 4096;
    private const int HeaderBytes = 40;

    private readonly ulong[] _numbers = new ulong[Capacity];

    /// <summary>Notes a packet with a segment, which passes.</summary>
    public void Note(ReadOnlySpan<byte> packet)
    {
        ulong number = NumberOf(packet);
        _numbers[number % Capacity] = number;
    }

    /// <summary>Whether a packet with a segment has passed. It may have been forgotten.</summary>
    public bool Knows(ReadOnlySpan<byte> packet)
    {
        ulong number = NumberOf(packet);
        return _numbers[number % Capacity] == number;
    }

    // At least as long as both headers.
    private static ulong NumberOf(ReadOnlySpan<byte> packet) => FrameNumber.Of(packet[..HeaderBytes]);
}
