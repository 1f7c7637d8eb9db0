using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NooksOS.Drivers.Pcnet32;
using Xunit;

namespace NooksOS.Tests.Units.Pcnet32;

/// <summary>Registers and structures are where the data sheet says.</summary>
public sealed class Layouts
{
    [Theory]
    [InlineData(WindowOffset.AddressRom, 0x00u)]
    [InlineData(WindowOffset.DataPort, 0x10u)]
    [InlineData(WindowOffset.AddressPort, 0x14u)]
    [InlineData(WindowOffset.Reset, 0x18u)]
    [InlineData(WindowOffset.BusDataPort, 0x1Cu)]
    internal void PortsAreWhereTheDatasheetSays(WindowOffset port, uint offsetBytes) => Assert.Equal(offsetBytes, (uint)port);

    [Theory]
    [InlineData(nameof(ReceiveDescriptor.BufferAddress), 0)]
    [InlineData(nameof(ReceiveDescriptor.Status), 4)]
    [InlineData(nameof(ReceiveDescriptor.Length), 8)]
    [InlineData(nameof(ReceiveDescriptor.Reserved), 12)]
    public void ReceiveDescriptorMatchesTheDatasheet(string field, int offset)
    {
        Assert.Equal(16, Unsafe.SizeOf<ReceiveDescriptor>());
        Assert.Equal(offset, (int)Marshal.OffsetOf<ReceiveDescriptor>(field));
    }

    [Theory]
    [InlineData(nameof(TransmitDescriptor.BufferAddress), 0)]
    [InlineData(nameof(TransmitDescriptor.Status), 4)]
    [InlineData(nameof(TransmitDescriptor.Errors), 8)]
    [InlineData(nameof(TransmitDescriptor.Reserved), 12)]
    public void TransmitDescriptorMatchesTheDatasheet(string field, int offset)
    {
        Assert.Equal(16, Unsafe.SizeOf<TransmitDescriptor>());
        Assert.Equal(offset, (int)Marshal.OffsetOf<TransmitDescriptor>(field));
    }

    [Theory]
    [InlineData(nameof(InitializationData.Mode), 0)]
    [InlineData(nameof(InitializationData.ReceiveLength), 2)]
    [InlineData(nameof(InitializationData.TransmitLength), 3)]
    [InlineData(nameof(InitializationData.AddressLow), 4)]
    [InlineData(nameof(InitializationData.AddressHigh), 8)]
    [InlineData(nameof(InitializationData.Reserved), 10)]
    [InlineData(nameof(InitializationData.FilterLow), 12)]
    [InlineData(nameof(InitializationData.FilterHigh), 16)]
    [InlineData(nameof(InitializationData.ReceiveDescriptors), 20)]
    [InlineData(nameof(InitializationData.TransmitDescriptors), 24)]
    public void InitializationBlockMatchesTheDatasheet(string field, int offset)
    {
        Assert.Equal((int)InitializationBlock.LengthBytes, Unsafe.SizeOf<InitializationData>());
        Assert.Equal(offset, (int)Marshal.OffsetOf<InitializationData>(field));
    }

    [Theory]
    [InlineData(1u, 0xFFFFu)]
    [InlineData(60u, 0xFFC4u)]
    [InlineData(2048u, 0xF800u)]
    [InlineData(4096u, 0xF000u)]
    public void LengthsAreNegativeAndBelowFourOnes(uint lengthBytes, uint field)
        => Assert.Equal(field, DescriptorField.NegativeLength(lengthBytes));
}
