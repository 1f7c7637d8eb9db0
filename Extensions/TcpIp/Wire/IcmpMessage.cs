using System;
using System.Buffers.Binary;

namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>The first eight octets of an ICMP message (RFC 792). Data follows.</summary>
/// <param name="Type">What it says.</param>
/// <param name="Code">What it says exactly.</param>
/// <param name="Parameter">For echo the identifier above the sequence number; for errors unused.</param>
internal readonly record struct IcmpMessage(IcmpType Type, byte Code, uint Parameter)
{
    /// <summary>Size without data.</summary>
    public const int SizeBytes = 8;

    /// <summary>Code of <see cref="IcmpType.DestinationUnreachable"/>: the host does not speak the protocol.</summary>
    public const byte ProtocolUnreachable = 2;

    /// <summary>Code of <see cref="IcmpType.DestinationUnreachable"/>: nobody listens at the port.</summary>
    public const byte PortUnreachable = 3;

    /// <summary>Code of <see cref="IcmpType.DestinationUnreachable"/>: too large for a link on the way, and not to be split.</summary>
    public const byte FragmentationNeeded = 4;

    internal const int TypeOffset = 0;
    internal const int CodeOffset = 1;
    internal const int ChecksumOffset = 2;
    internal const int ParameterOffset = 4;

    /// <summary>Names the sender of an echo request.</summary>
    public ushort Identifier => (ushort)(Parameter >> 16);

    /// <summary>Number of an echo request.</summary>
    public ushort Sequence => (ushort)Parameter;

    /// <summary>The largest datagram that the next link carries (RFC 1191 §4); zero of a router that does not say.</summary>
    public ushort NextLinkBytes => (ushort)Parameter;

    /// <summary>Makes the parameter of an echo message.</summary>
    public static uint EchoParameter(ushort identifier, ushort sequence) => ((uint)identifier << 16) | sequence;

    /// <summary>Whether the whole message, data included, carries a correct checksum.</summary>
    public static bool HasValidChecksum(ReadOnlySpan<byte> message) => InternetChecksum.Compute(message) == 0;

    /// <summary>Reads a message. False if it is too short. The checksum is for the caller to check, who counts it apart.</summary>
    public static bool TryParse(ReadOnlySpan<byte> message, out IcmpMessage header, out ReadOnlySpan<byte> data)
    {
        header = default;
        data = default;
        if (message.Length < SizeBytes)
        {
            return false;
        }

        header = new IcmpMessage(
            (IcmpType)message[TypeOffset],
            message[CodeOffset],
            BinaryPrimitives.ReadUInt32BigEndian(message[ParameterOffset..]));
        data = message[SizeBytes..];
        return true;
    }

    /// <summary>Writes the first octets of a message whose data is in place already, and the checksum over all of it.</summary>
    public void Write(Span<byte> message)
    {
        message[TypeOffset] = (byte)Type;
        message[CodeOffset] = Code;
        BinaryPrimitives.WriteUInt16BigEndian(message[ChecksumOffset..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(message[ParameterOffset..], Parameter);
        BinaryPrimitives.WriteUInt16BigEndian(message[ChecksumOffset..], InternetChecksum.Compute(message));
    }
}
