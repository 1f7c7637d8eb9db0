using System;
using System.Buffers.Binary;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Makes a request for a connection one of a client that offers nothing: of its options (RFC 9293 §3.1) only the length of the largest segment is
/// left, the others become padding. So neither side uses time stamps, selective acknowledgments or larger windows (RFC 7323 §2.2 and §3.2,
/// RFC 2018 §2).
/// </summary>
internal static class PlainRequest
{
    private const int HeaderUnitBytes = 4;
    private const int LeastHeaderBytes = 20;
    private const int HeaderLengthOffset = 12;
    private const int FlagsOffset = 13;
    private const int ChecksumOffset = 16;
    private const byte Synchronize = 0x02;
    private const byte EndOfOptions = 0;
    private const byte Padding = 1;
    private const byte LargestSegment = 2;

    /// <summary>Changes a segment that asks for a connection or agrees to one, and its checksum (RFC 1624 §3). Leaves any other as it is.</summary>
    public static void Make(Span<byte> segment)
    {
        if (segment.Length < LeastHeaderBytes || (segment[FlagsOffset] & Synchronize) == 0)
        {
            return;
        }

        int headerBytes = (segment[HeaderLengthOffset] >> 4) * HeaderUnitBytes;
        if (headerBytes <= LeastHeaderBytes || headerBytes > segment.Length)
        {
            return;
        }

        Span<byte> options = segment[LeastHeaderBytes..headerBytes];
        ushort before = TransportFrame.Fold(TransportFrame.Add(0, options));
        Pad(options);
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(segment[ChecksumOffset..]);
        uint sum = TransportFrame.Add((uint)(ushort)~checksum + (ushort)~before, options);
        BinaryPrimitives.WriteUInt16BigEndian(segment[ChecksumOffset..], (ushort)~TransportFrame.Fold(sum));
    }

    private static void Pad(Span<byte> options)
    {
        while (!options.IsEmpty && options[0] != EndOfOptions)
        {
            // Every option but padding has a length, which counts itself and its kind.
            int length = options[0] == Padding || options.Length == 1 ? 1 : Math.Clamp((int)options[1], 1, options.Length);
            if (options[0] != LargestSegment)
            {
                options[..length].Fill(Padding);
            }

            options = options[length..];
        }
    }
}
