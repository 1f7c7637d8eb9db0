using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NooksOS.Drivers.Virtio;
using NooksOS.Drivers.VirtioNet;
using Xunit;

namespace NooksOS.Tests.Units.VirtioNet;

/// <summary>Structures and offsets of virtio 1.2.</summary>
public sealed class Layouts
{
    [Theory]
    [InlineData(nameof(QueueDescriptor.Address), 0)]
    [InlineData(nameof(QueueDescriptor.Length), 8)]
    [InlineData(nameof(QueueDescriptor.Flags), 12)]
    [InlineData(nameof(QueueDescriptor.Next), 14)]
    public void DescriptorMatchesTheStandard(string field, int offset)
    {
        Assert.Equal(16, Unsafe.SizeOf<QueueDescriptor>());
        Assert.Equal(offset, (int)Marshal.OffsetOf<QueueDescriptor>(field));
    }

    [Fact]
    public void UsedElementMatchesTheStandard()
    {
        Assert.Equal(8, Unsafe.SizeOf<UsedElement>());
        Assert.Equal(0, (int)Marshal.OffsetOf<UsedElement>(nameof(UsedElement.Id)));
        Assert.Equal(4, (int)Marshal.OffsetOf<UsedElement>(nameof(UsedElement.Length)));
    }

    [Theory]
    [InlineData(CommonRegister.DeviceFeatureSelect, 0u)]
    [InlineData(CommonRegister.DeviceFeature, 4u)]
    [InlineData(CommonRegister.DriverFeatureSelect, 8u)]
    [InlineData(CommonRegister.DriverFeature, 12u)]
    [InlineData(CommonRegister.QueueCount, 18u)]
    [InlineData(CommonRegister.DeviceStatus, 20u)]
    [InlineData(CommonRegister.ConfigurationGeneration, 21u)]
    [InlineData(CommonRegister.QueueSelect, 22u)]
    [InlineData(CommonRegister.QueueSize, 24u)]
    [InlineData(CommonRegister.QueueEnable, 28u)]
    [InlineData(CommonRegister.QueueNotifyOffset, 30u)]
    [InlineData(CommonRegister.QueueDescriptors, 32u)]
    [InlineData(CommonRegister.QueueDriver, 40u)]
    [InlineData(CommonRegister.QueueDevice, 48u)]
    internal void CommonRegistersAreWhereTheStandardSays(CommonRegister register, uint offsetBytes)
        => Assert.Equal(offsetBytes, (uint)register);

    [Theory]
    [InlineData(NetworkConfiguration.Address, 0u)]
    [InlineData(NetworkConfiguration.Status, 6u)]
    [InlineData(NetworkConfiguration.MaximumQueuePairs, 8u)]
    [InlineData(NetworkConfiguration.Speed, 12u)]
    [InlineData(NetworkConfiguration.Duplex, 16u)]
    internal void TheConfigurationIsWhereTheStandardSays(NetworkConfiguration field, uint offsetBytes)
        => Assert.Equal(offsetBytes, (uint)field);

    [Theory]
    [InlineData(NetworkFeatures.Address, 5)]
    [InlineData(NetworkFeatures.LinkStatus, 16)]
    [InlineData(NetworkFeatures.ControlQueue, 17)]
    [InlineData(NetworkFeatures.ControlReceive, 18)]
    [InlineData(NetworkFeatures.MultipleQueues, 22)]
    [InlineData(VirtioFeatures.EventIndex, 29)]
    [InlineData(VirtioFeatures.Version1, 32)]
    [InlineData(VirtioFeatures.AccessPlatform, 33)]
    [InlineData(NetworkFeatures.SpeedAndDuplex, 63)]
    internal void FeaturesHaveTheirNumbers(VirtioFeatures feature, int bit) => Assert.Equal(1UL << bit, (ulong)feature);

    [Theory]
    [InlineData(256u, 256u, 256u)]
    [InlineData(1024u, 256u, 256u)]
    [InlineData(100u, 256u, 64u)]
    [InlineData(2u, 256u, 2u)]
    [InlineData(1u, 256u, 0u)]
    [InlineData(0u, 256u, 0u)]
    [InlineData(65535u, 16u, 16u)]
    public void QueuesAreAsLongAsBothWant(uint device, uint driver, uint expected)
        => Assert.Equal(expected, QueueSizes.Choose(device, driver));
}
