using System;
using System.Buffers.Binary;

namespace NooksOS.Extensions.Iperf;

/// <summary>The header of every datagram of an iperf 2 test: number and time of sending, big-endian.</summary>
/// <param name="Number">Counts from one; negative in the last one.</param>
/// <param name="SentMicroseconds">By the sender's clock.</param>
internal readonly record struct TestDatagram(long Number, long SentMicroseconds)
{
    /// <summary>Length of the header.</summary>
    public const int SizeBytes = 16;

    private const int SecondsOffset = 4;
    private const int MicrosecondsOffset = 8;
    private const int UpperNumberOffset = 12;
    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>Reads the header. False if the datagram is too short for it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out TestDatagram header)
    {
        header = default;
        if (datagram.Length < SizeBytes)
        {
            return false;
        }

        // The upper half came later than the lower one, and went behind it.
        uint lower = BinaryPrimitives.ReadUInt32BigEndian(datagram);
        int upper = BinaryPrimitives.ReadInt32BigEndian(datagram[UpperNumberOffset..]);
        uint seconds = BinaryPrimitives.ReadUInt32BigEndian(datagram[SecondsOffset..]);
        uint microseconds = BinaryPrimitives.ReadUInt32BigEndian(datagram[MicrosecondsOffset..]);
        header = new TestDatagram(((long)upper << 32) | lower, (seconds * MicrosecondsPerSecond) + microseconds);
        return true;
    }

    /// <summary>Writes the header.</summary>
    public void Write(Span<byte> datagram)
    {
        BinaryPrimitives.WriteUInt32BigEndian(datagram, (uint)Number);
        BinaryPrimitives.WriteUInt32BigEndian(datagram[SecondsOffset..], (uint)(SentMicroseconds / MicrosecondsPerSecond));
        BinaryPrimitives.WriteUInt32BigEndian(datagram[MicrosecondsOffset..], (uint)(SentMicroseconds % MicrosecondsPerSecond));
        BinaryPrimitives.WriteInt32BigEndian(datagram[UpperNumberOffset..], (int)(Number >> 32));
    }
}
