using System;
using System.Buffers.Binary;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>As much of address resolution (RFC 826) over Ethernet, for IPv4, as it takes to see who asks and who answers. Trusts no length.</summary>
internal static class AddressResolution
{
    /// <summary>Where the sender says which station it is; its address of IPv4 follows.</summary>
    public const int SenderOffset = OperationOffset + sizeof(ushort);

    /// <summary>Where a frame says which station it is for; its address of IPv4 follows.</summary>
    public const int TargetOffset = SenderOffset + MacAddress.Length + AddressBytes;

    /// <summary>Length of what is meant of a frame; padding follows.</summary>
    public const int FrameBytes = TargetOffset + MacAddress.Length + AddressBytes;

    private const ushort EtherType = 0x0806;
    private const ushort Request = 1;
    private const ushort Reply = 2;
    private const int AddressBytes = sizeof(uint);
    private const int FormatOffset = TransportFrame.EthernetBytes;
    private const int OperationOffset = FormatOffset + 6;

    // Ethernet and IPv4, and how long their addresses are.
    private const ulong Format = 0x0001_0800_0604;

    /// <summary>Whether the frame holds a question or an answer.</summary>
    public static bool IsIn(ReadOnlySpan<byte> frame)
        => frame.Length >= FrameBytes && BinaryPrimitives.ReadUInt16BigEndian(frame[TransportFrame.EtherTypeOffset..]) == EtherType;

    /// <summary>Whether the frame asks for an address.</summary>
    public static bool IsQuestion(ReadOnlySpan<byte> frame) => IsIn(frame) && OperationOf(frame) == Request;

    /// <summary>Whether the frame answers a question.</summary>
    public static bool IsAnswer(ReadOnlySpan<byte> frame) => IsIn(frame) && OperationOf(frame) == Reply;

    /// <summary>Writes what makes a frame a question, but for the stations and addresses.</summary>
    public static void WriteQuestion(Span<byte> frame)
    {
        BinaryPrimitives.WriteUInt16BigEndian(frame[TransportFrame.EtherTypeOffset..], EtherType);
        BinaryPrimitives.WriteUInt64BigEndian(frame[FormatOffset..], (Format << 16) | Request);
    }

    private static ushort OperationOf(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt16BigEndian(frame[OperationOffset..]);
}
