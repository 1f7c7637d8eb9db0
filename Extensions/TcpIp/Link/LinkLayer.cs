using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>Ethernet: the station's address, and frames with their headers (RFC 894).</summary>
internal sealed class LinkLayer(OutgoingFrames outgoing, StackCounters counters)
{
    /// <summary>The smallest payload that IPv4 can live with (RFC 791 §3.2).</summary>
    public const int MinimumPayloadBytes = 68;

    /// <summary>The largest payload of a frame here.</summary>
    public const int MaximumPayloadBytes = PacketBatch.MaximumFrameBytes - EthernetHeader.SizeBytes;

    /// <summary>Our own address; none while no device is there.</summary>
    public MacAddress Address { get; private set; }

    /// <summary>The largest payload that the device carries.</summary>
    public int PayloadBytes { get; private set; } = MinimumPayloadBytes;

    /// <summary>Whether a device is there.</summary>
    public bool IsAttached { get; private set; }

    /// <summary>A device is there.</summary>
    public void Attach(MacAddress address, int payloadBytes)
    {
        Address = address;
        PayloadBytes = payloadBytes;
        IsAttached = true;
    }

    /// <summary>The device is gone.</summary>
    public void Detach() => IsAttached = false;

    /// <summary>How large a frame with that payload is.</summary>
    public static int FrameBytes(int payloadBytes)
        => Math.Max(EthernetHeader.SizeBytes + payloadBytes, EthernetHeader.MinimumFrameBytes);

    /// <summary>Makes room for a frame and writes its header. The caller fills the whole payload.</summary>
    public bool TryReserve(MacAddress destination, EtherType type, int payloadBytes, out Span<byte> payload)
    {
        payload = default;
        if (!CanCarry(payloadBytes) || !outgoing.TryReserve(FrameBytes(payloadBytes), out Span<byte> frame))
        {
            counters.Drop(DropReason.OutgoingOverflow);
            return false;
        }

        payload = WriteHeader(frame, destination, type, payloadBytes);
        return true;
    }

    /// <summary>Sends a frame that was made before, to a station that is known only now.</summary>
    public void Send(MacAddress destination, ReadOnlySpan<byte> frame)
    {
        if (!IsAttached || !outgoing.TryReserve(frame.Length, out Span<byte> space))
        {
            counters.Drop(DropReason.OutgoingOverflow);
            return;
        }

        frame.CopyTo(space);
        destination.Write(space[EthernetHeader.DestinationOffset..]);
    }

    /// <summary>Whether a payload of that size can leave.</summary>
    public bool CanCarry(int payloadBytes) => IsAttached && payloadBytes <= PayloadBytes;

    /// <summary>Writes the header of a frame, and zeros where the payload is shorter than a frame may be.</summary>
    public Span<byte> WriteHeader(Span<byte> frame, MacAddress destination, EtherType type, int payloadBytes)
    {
        new EthernetHeader(destination, Address, type).Write(frame);

        // The space was used for other frames before: their octets must not leave as padding (CVE-2003-0001).
        frame[(EthernetHeader.SizeBytes + payloadBytes)..].Clear();
        return frame.Slice(EthernetHeader.SizeBytes, payloadBytes);
    }
}
