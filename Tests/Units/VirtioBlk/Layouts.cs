using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NooksOS.Drivers.Virtio;
using NooksOS.Drivers.VirtioBlk;
using Xunit;

namespace NooksOS.Tests.Units.VirtioBlk;

/// <summary>Structures, offsets and numbers of virtio 1.2 §5.2.</summary>
public sealed class Layouts
{
    [Fact]
    public void TheHeaderMatchesTheStandard()
    {
        Assert.Equal(16, Unsafe.SizeOf<RequestHeader>());
        Assert.Equal(0, (int)Marshal.OffsetOf<RequestHeader>(nameof(RequestHeader.Type)));
        Assert.Equal(8, (int)Marshal.OffsetOf<RequestHeader>(nameof(RequestHeader.Sector)));
    }

    [Theory]
    [InlineData(DiskConfiguration.Capacity, 0u)]
    [InlineData(DiskConfiguration.MaximumSegmentBytes, 8u)]
    [InlineData(DiskConfiguration.MaximumSegments, 12u)]
    [InlineData(DiskConfiguration.SectorBytes, 20u)]
    [InlineData(DiskConfiguration.WriteBack, 32u)]
    internal void TheConfigurationIsWhereTheStandardSays(DiskConfiguration field, uint offsetBytes) => Assert.Equal(offsetBytes, (uint)field);

    [Theory]
    [InlineData(RequestType.Read, 0u)]
    [InlineData(RequestType.Write, 1u)]
    [InlineData(RequestType.Flush, 4u)]
    [InlineData(RequestType.Identify, 8u)]
    internal void RequestsHaveTheirNumbers(RequestType type, uint number) => Assert.Equal(number, (uint)type);

    [Theory]
    [InlineData(DiskFeatures.MaximumSegmentBytes, 1)]
    [InlineData(DiskFeatures.MaximumSegments, 2)]
    [InlineData(DiskFeatures.ReadOnly, 5)]
    [InlineData(DiskFeatures.SectorBytes, 6)]
    [InlineData(DiskFeatures.Flush, 9)]
    [InlineData(DiskFeatures.CacheMode, 11)]
    [InlineData(VirtioFeatures.IndirectDescriptors, 28)]
    public void FeaturesHaveTheirNumbers(VirtioFeatures feature, int bit) => Assert.Equal(1UL << bit, (ulong)feature);
}
