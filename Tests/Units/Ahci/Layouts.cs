using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NooksOS.Drivers.Ahci;
using Xunit;

namespace NooksOS.Tests.Units.Ahci;

/// <summary>Structures and offsets of Serial ATA AHCI 1.3.1.</summary>
public sealed class Layouts
{
    [Fact]
    public void StructuresHaveTheirSizes()
    {
        Assert.Equal(32, Unsafe.SizeOf<CommandHeader>());
        Assert.Equal(16, Unsafe.SizeOf<PhysicalRegion>());
        Assert.Equal(20, Unsafe.SizeOf<CommandFrame>());
        Assert.Equal(0, PortMemory.TableBytes % 128);
    }

    [Theory]
    [InlineData(nameof(CommandHeader.Flags), 0)]
    [InlineData(nameof(CommandHeader.MovedBytes), 4)]
    [InlineData(nameof(CommandHeader.TableAddress), 8)]
    [InlineData(nameof(CommandHeader.TableAddressUpper), 12)]
    public void TheHeaderMatchesTheStandard(string field, int offset)
        => Assert.Equal(offset, (int)Marshal.OffsetOf<CommandHeader>(field));

    [Theory]
    [InlineData(nameof(CommandFrame.Type), 0)]
    [InlineData(nameof(CommandFrame.Flags), 1)]
    [InlineData(nameof(CommandFrame.Command), 2)]
    [InlineData(nameof(CommandFrame.FeaturesLow), 3)]
    [InlineData(nameof(CommandFrame.Address0), 4)]
    [InlineData(nameof(CommandFrame.Address2), 6)]
    [InlineData(nameof(CommandFrame.Device), 7)]
    [InlineData(nameof(CommandFrame.Address3), 8)]
    [InlineData(nameof(CommandFrame.Address5), 10)]
    [InlineData(nameof(CommandFrame.FeaturesHigh), 11)]
    [InlineData(nameof(CommandFrame.CountLow), 12)]
    [InlineData(nameof(CommandFrame.CountHigh), 13)]
    [InlineData(nameof(CommandFrame.Control), 15)]
    public void TheFrameMatchesTheStandard(string field, int offset)
        => Assert.Equal(offset, (int)Marshal.OffsetOf<CommandFrame>(field));

    [Theory]
    [InlineData(HbaRegister.Capabilities, 0x00u)]
    [InlineData(HbaRegister.GlobalControl, 0x04u)]
    [InlineData(HbaRegister.InterruptStatus, 0x08u)]
    [InlineData(HbaRegister.PortsImplemented, 0x0Cu)]
    internal void ControllerRegistersAreWhereTheStandardSays(HbaRegister register, uint offset) => Assert.Equal(offset, (uint)register);

    [Theory]
    [InlineData(PortRegister.CommandList, 0x00u)]
    [InlineData(PortRegister.ReceivedFrames, 0x08u)]
    [InlineData(PortRegister.InterruptStatus, 0x10u)]
    [InlineData(PortRegister.InterruptEnable, 0x14u)]
    [InlineData(PortRegister.Command, 0x18u)]
    [InlineData(PortRegister.TaskFile, 0x20u)]
    [InlineData(PortRegister.Signature, 0x24u)]
    [InlineData(PortRegister.SataStatus, 0x28u)]
    [InlineData(PortRegister.SataControl, 0x2Cu)]
    [InlineData(PortRegister.SataError, 0x30u)]
    [InlineData(PortRegister.SataActive, 0x34u)]
    [InlineData(PortRegister.CommandIssue, 0x38u)]
    internal void PortRegistersAreWhereTheStandardSays(PortRegister register, uint offset) => Assert.Equal(offset, (uint)register);
}
