using System;
using System.Buffers.Binary;

namespace NooksOS.Extensions.Iperf;

/// <summary>What the server tells the client at the end of a test with datagrams (iperf 2, the first version of the report).</summary>
internal static class DatagramReport
{
    /// <summary>Length of the report; the client reads no shorter one.</summary>
    public const int SizeBytes = 128;

    private const uint FirstVersion = 0x8000_0000;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerMicrosecond = 1000;
    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>Writes the report, behind a header that repeats the one it answers.</summary>
    public static void Write(Span<byte> report, in TestDatagram answered, DatagramTally tally)
    {
        report[..SizeBytes].Clear();
        answered.Write(report);
        Span<byte> body = report[TestDatagram.SizeBytes..];
        Write(body, 0, FirstVersion);
        Write(body, 1, tally.Bytes >> 32);
        Write(body, 2, tally.Bytes);
        Write(body, 3, tally.DurationNanoseconds / NanosecondsPerSecond);
        Write(body, 4, tally.DurationNanoseconds % NanosecondsPerSecond / NanosecondsPerMicrosecond);
        Write(body, 5, tally.Lost);
        Write(body, 6, tally.OutOfOrder);
        Write(body, 7, tally.HighestNumber);
        Write(body, 8, (long)tally.JitterMicroseconds / MicrosecondsPerSecond);
        Write(body, 9, (long)tally.JitterMicroseconds % MicrosecondsPerSecond);
    }

    private static void Write(Span<byte> body, int word, long value)
        => BinaryPrimitives.WriteUInt32BigEndian(body[(word * sizeof(uint))..], (uint)value);
}
