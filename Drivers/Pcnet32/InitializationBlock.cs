using NooksOS.Contracts;

namespace NooksOS.Drivers.Pcnet32;

/// <summary>What the device reads when it is initialized, "Initialization Block" with 32-bit structures.</summary>
internal struct InitializationData
{
    /// <summary>MODE.</summary>
    public ushort Mode;

    /// <summary>RLEN in the upper half: how many receive descriptors there are, as a power of two.</summary>
    public byte ReceiveLength;

    /// <summary>TLEN in the upper half.</summary>
    public byte TransmitLength;

    /// <summary>PADR, first four octets.</summary>
    public uint AddressLow;

    /// <summary>PADR, last two octets.</summary>
    public ushort AddressHigh;

    /// <summary>Zero.</summary>
    public ushort Reserved;

    /// <summary>LADRF, low half.</summary>
    public uint FilterLow;

    /// <summary>LADRF, high half.</summary>
    public uint FilterHigh;

    /// <summary>RDRA.</summary>
    public uint ReceiveDescriptors;

    /// <summary>TDRA.</summary>
    public uint TransmitDescriptors;
}

/// <summary>The initialization block in memory.</summary>
internal sealed class InitializationBlock(IDeviceResources device)
{
    public const uint LengthBytes = 28;

    private const int LengthShift = 4;
    private const uint AlignmentBytes = 4;

    private readonly DmaBuffer _block = DescriptorField.Allocate(device, LengthBytes, AlignmentBytes);

    /// <summary>Where the device finds it.</summary>
    public uint DeviceAddress => (uint)_block.DeviceAddress;

    /// <summary>Writes it.</summary>
    public void Fill(MacAddress address, ReceiveFilter filter, Pcnet32ReceiveRing receive, Pcnet32TransmitRing transmit)
    {
        ulong hashes = LogicalAddressFilter.Of(filter);
        _block.As<InitializationData>()[0] = new InitializationData
        {
            Mode = (ushort)LogicalAddressFilter.ModeOf(filter),
            ReceiveLength = Pcnet32ReceiveRing.SlotCountLog << LengthShift,
            TransmitLength = Pcnet32TransmitRing.SlotCountLog << LengthShift,
            AddressLow = (uint)address.Bits,
            AddressHigh = (ushort)(address.Bits >> 32),
            FilterLow = (uint)hashes,
            FilterHigh = (uint)(hashes >> 32),
            ReceiveDescriptors = (uint)receive.DeviceAddress,
            TransmitDescriptors = (uint)transmit.DeviceAddress,
        };
    }
}
