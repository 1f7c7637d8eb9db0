using System;
using System.Buffers.Binary;
using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>
/// A DHCP message (RFC 2131 §2) with the options that matter to a client (RFC 2132). Zero stands for an option that is absent.
/// </summary>
internal readonly record struct DhcpMessage
{
    /// <summary>Port of servers (RFC 2131 §4.1).</summary>
    public const ushort ServerPort = 67;

    /// <summary>Port of clients.</summary>
    public const ushort ClientPort = 68;

    /// <summary>Size up to the options, without the cookie before them.</summary>
    public const int FixedBytes = 236;

    /// <summary>The largest message that a client must be able to take (RFC 2131 §2): what <see cref="Write"/> may need.</summary>
    public const int MaximumBytes = 548;

    /// <summary>A BOOTP message had 64 octets of options, and relays drop shorter ones (RFC 1542 §2.1).</summary>
    public const int MinimumBytes = 300;

    /// <summary>A lease that never ends (RFC 2131 §3.3).</summary>
    public const uint Infinite = uint.MaxValue;

    internal const int OperationOffset = 0;
    internal const int HardwareTypeOffset = 1;
    internal const int HardwareLengthOffset = 2;
    internal const int TransactionOffset = 4;
    internal const int SecondsOffset = 8;
    internal const int FlagsOffset = 10;
    internal const int ClientAddressOffset = 12;
    internal const int YourAddressOffset = 16;
    internal const int ClientHardwareOffset = 28;
    internal const int ServerNameOffset = 44;
    internal const int FileOffset = 108;
    internal const int CookieOffset = 236;
    internal const int OptionsOffset = 240;

    /// <summary>The first four octets of the options: 99, 130, 83, 99 (RFC 2131 §3).</summary>
    internal const uint Cookie = 0x6382_5363;

    private const byte HardwareEthernet = 1;
    private const ushort BroadcastBit = 0x8000;
    private const byte OverloadFile = 1;
    private const byte OverloadServerName = 2;

    /// <summary>From client or server.</summary>
    public DhcpOperation Operation { get; init; }

    /// <summary>Matches answers to questions (xid).</summary>
    public uint Transaction { get; init; }

    /// <summary>Since when the client tries (secs).</summary>
    public ushort Seconds { get; init; }

    /// <summary>The client wants the answer as a broadcast.</summary>
    public bool Broadcast { get; init; }

    /// <summary>The address that the client has and uses (ciaddr).</summary>
    public Ipv4Address ClientAddress { get; init; }

    /// <summary>The address that the client is given (yiaddr).</summary>
    public Ipv4Address YourAddress { get; init; }

    /// <summary>The client's station address (chaddr).</summary>
    public MacAddress ClientHardware { get; init; }

    /// <summary>What the message says.</summary>
    public DhcpMessageType Type { get; init; }

    /// <summary>The address that the client asks for.</summary>
    public Ipv4Address RequestedAddress { get; init; }

    /// <summary>Which server.</summary>
    public Ipv4Address ServerIdentifier { get; init; }

    /// <summary>Mask of the network.</summary>
    public uint SubnetMask { get; init; }

    /// <summary>The first router.</summary>
    public Ipv4Address Router { get; init; }

    /// <summary>The first name server.</summary>
    public Ipv4Address NameServer { get; init; }

    /// <summary>How long the address may be used.</summary>
    public uint LeaseSeconds { get; init; }

    /// <summary>T1.</summary>
    public uint RenewalSeconds { get; init; }

    /// <summary>T2.</summary>
    public uint RebindingSeconds { get; init; }

    /// <summary>Reads a message. False if it is not one for Ethernet, or any of its options is broken.</summary>
    public static bool TryParse(ReadOnlySpan<byte> data, out DhcpMessage message)
    {
        message = default;
        if (data.Length < OptionsOffset
            || data[OperationOffset] is not ((byte)DhcpOperation.Request or (byte)DhcpOperation.Reply)
            || data[HardwareTypeOffset] != HardwareEthernet
            || data[HardwareLengthOffset] != MacAddress.Length
            || BinaryPrimitives.ReadUInt32BigEndian(data[CookieOffset..]) != Cookie)
        {
            return false;
        }

        DhcpMessage fixedPart = new()
        {
            Operation = (DhcpOperation)data[OperationOffset],
            Transaction = BinaryPrimitives.ReadUInt32BigEndian(data[TransactionOffset..]),
            Seconds = BinaryPrimitives.ReadUInt16BigEndian(data[SecondsOffset..]),
            Broadcast = (BinaryPrimitives.ReadUInt16BigEndian(data[FlagsOffset..]) & BroadcastBit) != 0,
            ClientAddress = ReadAddress(data[ClientAddressOffset..]),
            YourAddress = ReadAddress(data[YourAddressOffset..]),
            ClientHardware = MacAddress.Read(data[ClientHardwareOffset..]),
        };

        // RFC 2131 §4.1: the options field first, then "file", then "sname".
        byte overload = 0;
        if (!TryParseOptions(data[OptionsOffset..], ref fixedPart, ref overload))
        {
            return false;
        }

        byte ignored = 0;
        if ((overload & OverloadFile) != 0 && !TryParseOptions(data[FileOffset..CookieOffset], ref fixedPart, ref ignored))
        {
            return false;
        }

        if ((overload & OverloadServerName) != 0
            && !TryParseOptions(data[ServerNameOffset..FileOffset], ref fixedPart, ref ignored))
        {
            return false;
        }

        message = fixedPart;
        return message.Type is >= DhcpMessageType.Discover and <= DhcpMessageType.Inform;
    }

    /// <summary>Writes the message and returns its length. The space must be of <see cref="MaximumBytes"/>.</summary>
    public int Write(Span<byte> data)
    {
        data = data[..MaximumBytes];
        data.Clear();
        data[OperationOffset] = (byte)Operation;
        data[HardwareTypeOffset] = HardwareEthernet;
        data[HardwareLengthOffset] = MacAddress.Length;
        BinaryPrimitives.WriteUInt32BigEndian(data[TransactionOffset..], Transaction);
        BinaryPrimitives.WriteUInt16BigEndian(data[SecondsOffset..], Seconds);
        BinaryPrimitives.WriteUInt16BigEndian(data[FlagsOffset..], Broadcast ? BroadcastBit : (ushort)0);
        BinaryPrimitives.WriteUInt32BigEndian(data[ClientAddressOffset..], ClientAddress.Value);
        BinaryPrimitives.WriteUInt32BigEndian(data[YourAddressOffset..], YourAddress.Value);
        ClientHardware.Write(data[ClientHardwareOffset..]);
        BinaryPrimitives.WriteUInt32BigEndian(data[CookieOffset..], Cookie);

        DhcpOptionWriter options = new(data[OptionsOffset..]);
        options.Write(DhcpOption.MessageType, [(byte)Type]);
        options.WriteUnlessZero(DhcpOption.RequestedAddress, RequestedAddress.Value);
        options.WriteUnlessZero(DhcpOption.ServerIdentifier, ServerIdentifier.Value);
        options.WriteUnlessZero(DhcpOption.SubnetMask, SubnetMask);
        options.WriteUnlessZero(DhcpOption.Router, Router.Value);
        options.WriteUnlessZero(DhcpOption.DomainNameServer, NameServer.Value);
        options.WriteUnlessZero(DhcpOption.LeaseTime, LeaseSeconds);
        options.WriteUnlessZero(DhcpOption.RenewalTime, RenewalSeconds);
        options.WriteUnlessZero(DhcpOption.RebindingTime, RebindingSeconds);
        if (Operation == DhcpOperation.Request)
        {
            WriteClientOptions(ref options);
        }

        options.End();
        return Math.Max(OptionsOffset + options.UsedBytes, MinimumBytes);
    }

    private void WriteClientOptions(ref DhcpOptionWriter options)
    {
        Span<byte> identifier = stackalloc byte[1 + MacAddress.Length];
        identifier[0] = HardwareEthernet;
        ClientHardware.Write(identifier[1..]);
        options.Write(DhcpOption.ClientIdentifier, identifier);
        if (Type is not (DhcpMessageType.Discover or DhcpMessageType.Request))
        {
            return;
        }

        options.Write(DhcpOption.MaximumMessageSize, [Ipv4Header.MinimumReassemblyBytes >> 8, Ipv4Header.MinimumReassemblyBytes & 0xFF]);
        options.Write(
            DhcpOption.ParameterRequestList,
            [
                (byte)DhcpOption.SubnetMask,
                (byte)DhcpOption.Router,
                (byte)DhcpOption.DomainNameServer,
                (byte)DhcpOption.LeaseTime,
                (byte)DhcpOption.RenewalTime,
                (byte)DhcpOption.RebindingTime,
            ]);
    }

    private static bool TryParseOptions(ReadOnlySpan<byte> field, ref DhcpMessage message, ref byte overload)
    {
        DhcpOptionReader reader = new(field);
        while (reader.TryRead(out DhcpOption code, out ReadOnlySpan<byte> value))
        {
            if (!TryTake(code, value, ref message, ref overload))
            {
                return false;
            }
        }

        return !reader.IsMalformed;
    }

    private static bool TryTake(DhcpOption code, ReadOnlySpan<byte> value, ref DhcpMessage message, ref byte overload)
    {
        switch (code)
        {
            case DhcpOption.MessageType when value.Length == 1:
                message = message with { Type = (DhcpMessageType)value[0] };
                return true;
            case DhcpOption.Overload when value.Length == 1:
                overload = value[0];
                return true;
            case DhcpOption.RequestedAddress when value.Length == Ipv4Address.Length:
                message = message with { RequestedAddress = ReadAddress(value) };
                return true;
            case DhcpOption.ServerIdentifier when value.Length == Ipv4Address.Length:
                message = message with { ServerIdentifier = ReadAddress(value) };
                return true;
            case DhcpOption.SubnetMask when value.Length == sizeof(uint):
                message = message with { SubnetMask = BinaryPrimitives.ReadUInt32BigEndian(value) };
                return true;

            // Lists, of which the first entry is preferred.
            case DhcpOption.Router when IsAddressList(value):
                message = message with { Router = ReadAddress(value) };
                return true;
            case DhcpOption.DomainNameServer when IsAddressList(value):
                message = message with { NameServer = ReadAddress(value) };
                return true;
            case DhcpOption.LeaseTime when value.Length == sizeof(uint):
                message = message with { LeaseSeconds = BinaryPrimitives.ReadUInt32BigEndian(value) };
                return true;
            case DhcpOption.RenewalTime when value.Length == sizeof(uint):
                message = message with { RenewalSeconds = BinaryPrimitives.ReadUInt32BigEndian(value) };
                return true;
            case DhcpOption.RebindingTime when value.Length == sizeof(uint):
                message = message with { RebindingSeconds = BinaryPrimitives.ReadUInt32BigEndian(value) };
                return true;

            // Known, so that only a wrong length brings it here.
            case DhcpOption.MessageType or DhcpOption.Overload or DhcpOption.RequestedAddress or DhcpOption.ServerIdentifier
                or DhcpOption.SubnetMask or DhcpOption.Router or DhcpOption.DomainNameServer or DhcpOption.LeaseTime
                or DhcpOption.RenewalTime or DhcpOption.RebindingTime:
                return false;
            default:
                return true;
        }
    }

    private static bool IsAddressList(ReadOnlySpan<byte> value)
        => value.Length >= Ipv4Address.Length && value.Length % Ipv4Address.Length == 0;

    private static Ipv4Address ReadAddress(ReadOnlySpan<byte> data) => new(BinaryPrimitives.ReadUInt32BigEndian(data));
}
