using System;
using System.Buffers.Binary;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Turns the stack's frames round that belong to the kernel's own probes: what it sends to a neighbour from or to one of the
/// <see cref="ProbePorts"/> comes back to it as that neighbour's. So a socket of the kernel's can be connected to a service of the same
/// machine, and each segment of it passes the stack as one of a client's does: with some ports as one of a client that offers no
/// options. Both checksums stay right, because they are sums over what otherwise only changes places (RFC 1071). The owner guards it.
/// </summary>
internal sealed class ReflectedFrames
{
    private const int FragmentOffset = TransportFrame.EthernetBytes + Ipv4Layout.FragmentOffset;
    private const int ProtocolOffset = TransportFrame.EthernetBytes + Ipv4Layout.ProtocolOffset;
    private const int SourceOffset = TransportFrame.EthernetBytes + Ipv4Layout.SourceOffset;
    private const int DestinationOffset = TransportFrame.EthernetBytes + Ipv4Layout.DestinationOffset;
    private const ushort OffsetBits = 0x1FFF;
    private const byte Udp = 17;

    private readonly byte[] _copy = new byte[PacketBatch.MaximumFrameBytes];

    /// <summary>Whether there are probes. A neighbour may have the same ports, and what is sent to them is his otherwise.</summary>
    public bool IsOn { get; set; }

    /// <summary>Takes a frame that the stack sends, if it is a probe's.</summary>
    /// <param name="frame">The frame. Whoever wrote it may still change it.</param>
    /// <param name="neighbor">The neighbour's address, in host order; zero if there is none.</param>
    /// <param name="incoming">Where frames wait for the stack.</param>
    public bool TryTake(ReadOnlySpan<byte> frame, uint neighbor, FramePath incoming)
    {
        if (!IsOn || neighbor == 0 || frame.Length > _copy.Length || !IsOfProbe(frame, neighbor))
        {
            return false;
        }

        Span<byte> copy = _copy.AsSpan(0, frame.Length);
        frame.CopyTo(copy);
        if (IsOfProbe(copy, neighbor))
        {
            Exchange(copy, 0, MacAddress.Length);
            Exchange(copy, SourceOffset, Ipv4Layout.AddressBytes);
            MakePlain(copy);
            incoming.TryEnqueueOwn(copy);
        }

        return true;
    }

    private static bool IsOfProbe(ReadOnlySpan<byte> frame, uint neighbor)
    {
        if (frame.Length < TransportFrame.EthernetBytes + Ipv4Layout.LeastHeaderBytes
            || BinaryPrimitives.ReadUInt16BigEndian(frame[TransportFrame.EtherTypeOffset..]) != Ipv4Layout.EtherType
            || BinaryPrimitives.ReadUInt32BigEndian(frame[DestinationOffset..]) != neighbor
            || frame[ProtocolOffset] is not (Ipv4Layout.Tcp or Udp)
            || (BinaryPrimitives.ReadUInt16BigEndian(frame[FragmentOffset..]) & OffsetBits) != 0)
        {
            return false;
        }

        int portsOffset = PortsOffset(frame);
        return frame.Length >= portsOffset + (2 * SegmentLayout.PortBytes)
            && (ProbePorts.Contains(BinaryPrimitives.ReadUInt16BigEndian(frame[portsOffset..]))
                || ProbePorts.Contains(BinaryPrimitives.ReadUInt16BigEndian(frame[(portsOffset + SegmentLayout.PortBytes)..])));
    }

    // Clients with and without options are served by other code of the stack, and it is to be asked for both.
    private static void MakePlain(Span<byte> frame)
    {
        int portsOffset = PortsOffset(frame);
        bool isPlain = ProbePorts.IsPlain(BinaryPrimitives.ReadUInt16BigEndian(frame[portsOffset..]))
            || ProbePorts.IsPlain(BinaryPrimitives.ReadUInt16BigEndian(frame[(portsOffset + SegmentLayout.PortBytes)..]));
        if (isPlain && TransportFrame.TryFindInFrame(frame, out ReadOnlySpan<byte> packet))
        {
            PlainRequest.Make(frame[portsOffset..(TransportFrame.EthernetBytes + packet.Length)]);
        }
    }

    private static int PortsOffset(ReadOnlySpan<byte> frame)
        => TransportFrame.EthernetBytes + TransportFrame.HeaderBytes(frame[TransportFrame.EthernetBytes..]);

    // Two neighbouring fields of one length.
    private static void Exchange(Span<byte> frame, int offset, int lengthBytes)
    {
        Span<byte> first = frame.Slice(offset, lengthBytes);
        Span<byte> second = frame.Slice(offset + lengthBytes, lengthBytes);
        for (int index = 0; index < lengthBytes; index++)
        {
            (first[index], second[index]) = (second[index], first[index]);
        }
    }
}
