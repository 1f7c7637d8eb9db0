using System;
using System.Buffers.Binary;
using NooksOS.Contracts;
using NooksOS.Drivers.Virtio;
using NooksOS.Tests.Units.Virtio;
using Xunit;

namespace NooksOS.Tests.Units.VirtioNet;

/// <summary>Where the structures are is the device's word.</summary>
public sealed class CapabilitySearch
{
    private readonly VirtioKernel _kernel = new();

    private byte[] Bytes => _kernel.Device.Configuration.Bytes;

    [Theory]
    [InlineData(VirtioStructure.Common, ConfigurationSpace.CommonOffset, 0u)]
    [InlineData(VirtioStructure.InterruptStatus, ConfigurationSpace.InterruptOffset, 0u)]
    [InlineData(VirtioStructure.Device, ConfigurationSpace.DeviceOffset, 0u)]
    [InlineData(VirtioStructure.Notification, ConfigurationSpace.NotifyOffset, ConfigurationSpace.NotifyMultiplier)]
    internal void EachStructureIsFound(VirtioStructure kind, uint offsetBytes, uint multiplier)
    {
        Assert.True(VirtioCapabilities.TryFind(_kernel, kind, out VirtioCapability capability));

        Assert.Equal(
            new VirtioCapability(kind, ConfigurationSpace.Bar, offsetBytes, ConfigurationSpace.StructureBytes, multiplier), capability);
    }

    [Fact]
    public void TheFirstOfAKindIsTaken()
    {
        Bytes[0x84 + 3] = (byte)VirtioStructure.Common;
        BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(0x84 + 8), 0x800);

        Assert.True(VirtioCapabilities.TryFind(_kernel, VirtioStructure.Common, out VirtioCapability capability));

        Assert.Equal(0x800u, capability.OffsetBytes);
    }

    [Fact]
    public void ACapabilityInABarThatIsNoneIsIgnored()
    {
        Bytes[ConfigurationSpace.CommonCapability + 4] = 6;

        Assert.False(VirtioCapabilities.TryFind(_kernel, VirtioStructure.Common, out _));
    }

    [Fact]
    public void WithoutAListNothingIsFound()
    {
        Bytes[0x06] = 0;

        Assert.False(VirtioCapabilities.TryFind(_kernel, VirtioStructure.Common, out _));
    }

    [Fact]
    public void AListThatIsARingEnds()
    {
        Bytes[ConfigurationSpace.CommonCapability + 1] = 0x98;
        Bytes[ConfigurationSpace.CommonCapability + 3] = 99;

        Assert.False(VirtioCapabilities.TryFind(_kernel, VirtioStructure.Common, out _));
    }

    [Theory]
    [InlineData(0xF4, VirtioStructure.Common)]
    [InlineData(0xFC, VirtioStructure.Device)]
    [InlineData(0xF0, VirtioStructure.Notification)]
    internal void ACapabilityThatGoesOverTheEndIsIgnored(int at, VirtioStructure kind)
    {
        Bytes[0x34] = (byte)at;
        Bytes[at] = 0x09;
        Bytes[at + 1] = 0;
        Bytes[at + 3] = (byte)kind;

        Assert.False(VirtioCapabilities.TryFind(_kernel, kind, out _));
    }

    [Theory]
    [InlineData(ConfigurationSpace.CommonCapability, 8, 0x3FF0u)]
    [InlineData(ConfigurationSpace.CommonCapability, 8, 0xFFFF_FFF0u)]
    [InlineData(ConfigurationSpace.CommonCapability, 8, 2u)]
    [InlineData(ConfigurationSpace.CommonCapability, 12, 0x10u)]
    [InlineData(ConfigurationSpace.CommonCapability, 12, 0xFFFF_FFFFu)]
    [InlineData(ConfigurationSpace.NotifyCapability, 12, 0u)]
    [InlineData(ConfigurationSpace.NotifyCapability, 12, 1u)]
    [InlineData(ConfigurationSpace.NotifyCapability, 8, 0x3001u)]
    [InlineData(ConfigurationSpace.NotifyCapability, 16, 0x10_0000u)]
    public void AStructureThatCannotBeThereIsRefused(int capability, int field, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(capability + field), value);

        CallStatus started = _kernel.Driver.Start(_kernel).Status;

        // Where notifications go is known only when the queues are enabled.
        Assert.True(started == CallStatus.Failed || _kernel.Driver.Open(ReceiveMode.Normal).Status == CallStatus.Failed);
    }

    [Fact]
    public void AConfigurationSpaceWithAnyContentsIsBorne()
    {
        Random random = new(31);
        for (int round = 0; round < 2000; round++)
        {
            VirtioKernel kernel = new();
            byte[] bytes = kernel.Device.Configuration.Bytes;
            for (int count = random.Next(1, 12); count > 0; count--)
            {
                // Not the number of a BAR: the kernel of these tests knows of one only.
                int at = random.Next(bytes.Length);
                bytes[at] = at % 4 == 0 && bytes[at] == ConfigurationSpace.Bar ? bytes[at] : (byte)random.Next(256);
            }

            foreach (VirtioStructure kind in Enum.GetValues<VirtioStructure>())
            {
                VirtioCapabilities.TryFind(kernel, kind, out _);
            }
        }
    }
}
