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
    /// <summary>Changes a segment that asks for a connection or agrees to one, and its checksum (RFC 1624 §3). Leaves any other as it is.</summary>
    public static void Make(Span<byte> segment)
    {
        if (segment.Length < SegmentLayout.LeastHeaderBytes || (segment[SegmentLayout.FlagsOffset] & SegmentLayout.Synchronize) == 0)
        {
            return;
        }

        int headerBytes = SegmentLayout.HeaderBytes(segment);
        if (headerBytes <= SegmentLayout.LeastHeaderBytes || headerBytes > segment.Length)
        {
            return;
        }

        Span<byte> options = segment[SegmentLayout.LeastHeaderBytes..headerBytes];
        ushort before = TransportFrame.Fold(TransportFrame.Add(0, options));
        Pad(options);
        ushort checksum = BinaryPrimitives.ReadUInt16BigEndian(segment[SegmentLayout.ChecksumOffset..]);
        uint sum = TransportFrame.Add((uint)(ushort)~checksum + (ushort)~before, options);
        BinaryPrimitives.WriteUInt16BigEndian(segment[SegmentLayout.ChecksumOffset..], (ushort)~TransportFrame.Fold(sum));
    }

    private static void Pad(Span<byte> options)
    {
        while (!options.IsEmpty && options[0] != SegmentLayout.EndOfOptions)
        {
            // Every option but padding has a length, which counts itself and its kind.
            int length = options[0] == SegmentLayout.Padding || options.Length == 1 ? 1 : Math.Clamp((int)options[1], 1, options.Length);
            if (options[0] != SegmentLayout.LargestSegment)
            {
                options[..length].Fill(SegmentLayout.Padding);
            }

            options = options[length..];
        }
    }
}
