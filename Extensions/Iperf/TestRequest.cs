using System;
using System.Buffers.Binary;

namespace NooksOS.Extensions.Iperf;

/// <summary>
/// What an iperf 2 client asks for, at the start of its stream or, behind the datagram's own header, of each datagram. Numbers are
/// big-endian; nothing of it is trusted.
/// </summary>
/// <param name="IsReverse">Whether the server sends and the client receives.</param>
/// <param name="DurationNanoseconds">How long; zero if the amount counts.</param>
/// <param name="AmountBytes">How much; zero if the duration counts.</param>
/// <param name="BitsPerSecond">How fast datagrams are to be sent.</param>
internal readonly record struct TestRequest(bool IsReverse, long DurationNanoseconds, long AmountBytes, long BitsPerSecond)
{
    /// <summary>Length of the part that is looked at.</summary>
    public const int SizeBytes = 52;

    private const uint ReverseFlag = 0x0400_0000;
    private const int AmountOffset = 20;
    private const int RateOffset = 48;
    private const long NanosecondsPerHundredth = 10_000_000;
    private const long LongestHundredths = 24 * 60 * 60 * 100;

    /// <summary>Reads the request. One that is too short, or asks for nothing, is that of a client that only sends.</summary>
    public static TestRequest Read(ReadOnlySpan<byte> header)
    {
        if (header.Length < SizeBytes)
        {
            return default;
        }

        // A negative amount is a time, in hundredths of a second.
        int amount = BinaryPrimitives.ReadInt32BigEndian(header[AmountOffset..]);
        return new TestRequest(
            (BinaryPrimitives.ReadUInt32BigEndian(header) & ReverseFlag) != 0,
            amount < 0 ? Math.Min(-(long)amount, LongestHundredths) * NanosecondsPerHundredth : 0,
            Math.Max(amount, 0),
            BinaryPrimitives.ReadUInt32BigEndian(header[RateOffset..]));
    }
}
