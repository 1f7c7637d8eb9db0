using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NooksOS.Drivers.Intel8254x;
using Xunit;

namespace NooksOS.Tests.Units.Intel8254x;

/// <summary>Manual sections 3.2.3 and 3.3.3.</summary>
public sealed class DescriptorLayout
{
    [Theory]
    [InlineData(nameof(ReceiveDescriptor.BufferAddress), 0)]
    [InlineData(nameof(ReceiveDescriptor.Length), 8)]
    [InlineData(nameof(ReceiveDescriptor.Checksum), 10)]
    [InlineData(nameof(ReceiveDescriptor.Status), 12)]
    [InlineData(nameof(ReceiveDescriptor.Errors), 13)]
    [InlineData(nameof(ReceiveDescriptor.Special), 14)]
    public void ReceiveDescriptorMatchesTheManual(string field, int offset)
    {
        Assert.Equal(16, Unsafe.SizeOf<ReceiveDescriptor>());
        Assert.Equal(offset, (int)Marshal.OffsetOf<ReceiveDescriptor>(field));
    }

    [Theory]
    [InlineData(nameof(TransmitDescriptor.BufferAddress), 0)]
    [InlineData(nameof(TransmitDescriptor.Length), 8)]
    [InlineData(nameof(TransmitDescriptor.ChecksumOffset), 10)]
    [InlineData(nameof(TransmitDescriptor.Command), 11)]
    [InlineData(nameof(TransmitDescriptor.Status), 12)]
    [InlineData(nameof(TransmitDescriptor.ChecksumStart), 13)]
    [InlineData(nameof(TransmitDescriptor.Special), 14)]
    public void TransmitDescriptorMatchesTheManual(string field, int offset)
    {
        Assert.Equal(16, Unsafe.SizeOf<TransmitDescriptor>());
        Assert.Equal(offset, (int)Marshal.OffsetOf<TransmitDescriptor>(field));
    }

    [Fact]
    public void RingsAreSomethingTheDeviceCanTake()
    {
        // RDLEN and TDLEN count bytes in units of 128, RDBAL and TDBAL are aligned to 16.
        Assert.Equal(0u, IntelReceiveRing.DescriptorBytes % 128);
        Assert.Equal(0u, IntelTransmitRing.DescriptorBytes % 128);
        Assert.Equal(0u, IntelReceiveRing.DescriptorAlignmentBytes % 16);
        Assert.Equal(0u, IntelTransmitRing.DescriptorAlignmentBytes % 16);
    }
}
