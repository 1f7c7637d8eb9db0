using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NooksOS.Drivers.Rtl8139;
using Xunit;

namespace NooksOS.Tests.Units.Rtl8139;

/// <summary>Registers and descriptors are where the data sheet says.</summary>
public sealed class Layouts
{
    [Theory]
    [InlineData(Rtl8139Register.MulticastFilter, 0x08u)]
    [InlineData(Rtl8139Register.TransmitDescriptors, 0x20u)]
    [InlineData(Rtl8139Register.UrgentTransmitDescriptors, 0x28u)]
    [InlineData(Rtl8139Register.Command, 0x37u)]
    [InlineData(Rtl8139Register.InterruptMask, 0x3Cu)]
    [InlineData(Rtl8139Register.InterruptStatus, 0x3Eu)]
    [InlineData(Rtl8139Register.TransmitConfiguration, 0x40u)]
    [InlineData(Rtl8139Register.ReceiveConfiguration, 0x44u)]
    [InlineData(Rtl8139Register.MissedFrames, 0x4Cu)]
    [InlineData(Rtl8139Register.EepromCommand, 0x50u)]
    [InlineData(Rtl8139Register.TimerInterrupt, 0x54u)]
    [InlineData(Rtl8139Register.MediaStatus, 0x58u)]
    [InlineData(Rtl8139Register.MultipleInterrupts, 0x5Cu)]
    [InlineData(Rtl8139Register.OwnAbility, 0x66u)]
    [InlineData(Rtl8139Register.PartnerAbility, 0x68u)]
    [InlineData(Rtl8139Register.TransmitPoll, 0xD9u)]
    [InlineData(Rtl8139Register.CPlusCommand, 0xE0u)]
    [InlineData(Rtl8139Register.ReceiveDescriptors, 0xE4u)]
    [InlineData(Rtl8139Register.EarlyTransmitThreshold, 0xECu)]
    internal void RegistersAreWhereTheDatasheetSays(Rtl8139Register register, uint offsetBytes)
        => Assert.Equal(offsetBytes, (uint)register);

    [Theory]
    [InlineData(nameof(ReceiveDescriptor.Status), 0)]
    [InlineData(nameof(ReceiveDescriptor.Tag), 4)]
    [InlineData(nameof(ReceiveDescriptor.BufferAddress), 8)]
    public void ReceiveDescriptorMatchesTheDatasheet(string field, int offset)
    {
        Assert.Equal(16, Unsafe.SizeOf<ReceiveDescriptor>());
        Assert.Equal(offset, (int)Marshal.OffsetOf<ReceiveDescriptor>(field));
    }

    [Theory]
    [InlineData(nameof(TransmitDescriptor.Status), 0)]
    [InlineData(nameof(TransmitDescriptor.Tag), 4)]
    [InlineData(nameof(TransmitDescriptor.BufferAddress), 8)]
    public void TransmitDescriptorMatchesTheDatasheet(string field, int offset)
    {
        Assert.Equal(16, Unsafe.SizeOf<TransmitDescriptor>());
        Assert.Equal(offset, (int)Marshal.OffsetOf<TransmitDescriptor>(field));
    }
}
