using System;

namespace NooksOS.Extensions.Iperf;

/// <summary>
/// A test over UDP in which the server sends: says when the next datagram is due, and which. At the end comes a closing one, which
/// is repeated until the client answers, or never does.
/// </summary>
/// <param name="request">What the client asks for.</param>
/// <param name="lengthBytes">The length of each datagram.</param>
/// <param name="startNanoseconds">The time now.</param>
internal sealed class DatagramSource(TestRequest request, int lengthBytes, long startNanoseconds)
{
    /// <summary>How often a closing datagram is sent that nobody answers; as often as iperf 2 does.</summary>
    public const int ClosingDatagrams = 10;

    private const long ClosingNanoseconds = 250_000_000;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerMicrosecond = 1000;
    private const int BitsPerByte = 8;

    // What iperf 2 sends if nobody says how fast, and what no link here carries.
    private const long DefaultBitsPerSecond = 1 << 20;
    private const long MostBitsPerSecond = 10_000_000_000;

    private readonly long _intervalNanoseconds = Math.Max(
        lengthBytes * BitsPerByte * NanosecondsPerSecond
            / (request.BitsPerSecond == 0 ? DefaultBitsPerSecond : Math.Min(request.BitsPerSecond, MostBitsPerSecond)),
        1);

    private readonly long _end = request.AmountBytes == 0 ? startNanoseconds + request.DurationNanoseconds : long.MaxValue;
    private readonly long _count = request.AmountBytes == 0 ? long.MaxValue : (request.AmountBytes + lengthBytes - 1) / lengthBytes;
    private int _closings;
    private bool _isEnding;

    /// <summary>When the next datagram is due.</summary>
    public long Due { get; private set; } = startNanoseconds;

    /// <summary>Datagrams sent, the closing ones not among them.</summary>
    public long Sent { get; private set; }

    /// <summary>The length of each.</summary>
    public int LengthBytes => lengthBytes;

    /// <summary>Whether there is nothing left to send.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Makes the header of the datagram that is due now. False if none is.</summary>
    public bool TryTake(long nowNanoseconds, out TestDatagram header)
    {
        header = default;
        if (IsOver || nowNanoseconds < Due)
        {
            return false;
        }

        _isEnding |= Sent == _count || nowNanoseconds >= _end;
        if (_isEnding)
        {
            IsOver = ++_closings == ClosingDatagrams;
            Due = nowNanoseconds + ClosingNanoseconds;
        }
        else
        {
            Sent++;
            Due += _intervalNanoseconds;
        }

        header = new TestDatagram(_isEnding ? -(Sent + 1) : Sent, nowNanoseconds / NanosecondsPerMicrosecond);
        return true;
    }

    /// <summary>The client has sent something: after the first closing datagram that is its answer.</summary>
    public void NoteAnswer() => IsOver |= _isEnding;
}
