using System;
using System.Buffers.Binary;
using System.Net;

namespace NooksOS.Tool.Links;

/// <summary>The addresses of QEMU's user network, as they are without options that change them.</summary>
public static class UserNetwork
{
    /// <summary>The guest's address, which the network's DHCP server gives to the first one.</summary>
    public const uint GuestAddress = 0x0A00_020F;

    /// <summary>The gateway's address, which is also that of the host.</summary>
    public const uint GatewayAddress = 0x0A00_0202;

    /// <summary>The hardware address of the first network card.</summary>
    public static ReadOnlySpan<byte> GuestHardwareAddress => [0x52, 0x54, 0x00, 0x12, 0x34, 0x56];

    /// <summary>The hardware address of the gateway.</summary>
    public static ReadOnlySpan<byte> GatewayHardwareAddress => [0x52, 0x55, 0x0A, 0x00, 0x02, 0x02];

    /// <summary>One of these addresses as .NET has it.</summary>
    public static IPAddress ToAddress(uint address)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, address);
        return new IPAddress(bytes);
    }
}
