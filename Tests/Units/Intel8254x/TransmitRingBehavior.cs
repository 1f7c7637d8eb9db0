using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.Intel8254x;

public sealed class TransmitRingBehavior : RingSuite
{
    private readonly IntelTransmitRing _ring;

    public TransmitRingBehavior() => _ring = new IntelTransmitRing(Kernel);

    [Fact]
    public void AFullRingTakesNoMoreThanAllSlotsButOne()
    {
        uint taken = 0;
        for (int batch = 0; batch < 20; batch++)
        {
            taken += _ring.Queue(Batch(16, 60));
        }

        Assert.Equal(IntelTransmitRing.SlotCount - 1, taken);
        Assert.Equal(IntelTransmitRing.SlotCount - 1, _ring.Outstanding);
        Assert.Equal(0u, _ring.Queue(Batch(1, 60)));
    }

    [Fact]
    public void EachSlotPointsToItsOwnBuffer()
    {
        _ring.Queue(Batch(3, 100));

        Span<TransmitDescriptor> descriptors = Descriptors.As<TransmitDescriptor>();
        for (int slot = 0; slot < 3; slot++)
        {
            Assert.Equal(Buffers.DeviceAddress + ((ulong)slot * TransmitSlots.BufferBytes), descriptors[slot].BufferAddress);
            Assert.Equal(100, descriptors[slot].Length);
        }
    }

    [Fact]
    public void ShortFramesArePaddedWithZerosAndNotWithOldFrames()
    {
        Buffers.Bytes.Fill(0xEE);

        _ring.Queue(Batch(1, 20));

        Assert.Equal(60, Descriptors.As<TransmitDescriptor>()[0].Length);
        Assert.All(Buffers.Bytes[20..60].ToArray(), value => Assert.Equal(0, value));
        Assert.Equal(0xEE, Buffers.Bytes[60]);
    }

    [Fact]
    public void OnlyTheOldestSlotIsBelieved()
    {
        _ring.Queue(Batch(4, 60));
        Span<TransmitDescriptor> descriptors = Descriptors.As<TransmitDescriptor>();
        descriptors[1].Status = (byte)TransmitStatus.Done;
        descriptors[200].Status = (byte)TransmitStatus.Done;

        Assert.Equal(0u, _ring.Reclaim().Frames);

        descriptors[0].Status = (byte)TransmitStatus.Done;
        Assert.Equal(new TransmitOutcome(2, 120, 0), _ring.Reclaim());
        Assert.Equal(2u, _ring.Outstanding);
    }

    [Fact]
    public void ADeviceThatIsDoneWithEverythingIsNotDoneWithMoreThanItWasGiven()
    {
        _ring.Queue(Batch(5, 60));
        foreach (ref TransmitDescriptor descriptor in Descriptors.As<TransmitDescriptor>())
        {
            descriptor.Status = byte.MaxValue;
        }

        Assert.Equal(new TransmitOutcome(5, 0, 5), _ring.Reclaim());
        Assert.Equal(0u, _ring.Reclaim().Frames);
    }

    [Fact]
    public void CollisionsAreErrors()
    {
        _ring.Queue(Batch(2, 60));
        Span<TransmitDescriptor> descriptors = Descriptors.As<TransmitDescriptor>();
        descriptors[0].Status = (byte)(TransmitStatus.Done | TransmitStatus.LateCollision);
        descriptors[1].Status = (byte)TransmitStatus.Done;

        Assert.Equal(new TransmitOutcome(2, 60, 1), _ring.Reclaim());
    }

    [Fact]
    public void WhatIsGivenUpIsAnError()
    {
        _ring.Queue(Batch(3, 60));

        Assert.Equal(new TransmitOutcome(3, 0, 3), _ring.GiveUp());
        Assert.Equal(0u, _ring.Outstanding);
    }

    [Fact]
    public void AMalformedBatchEndsWhereItIsMalformed()
    {
        byte[] batch = [.. Batch(2, 60), 0xFF, 0xFF, 1, 2, 3];

        Assert.Equal(2u, _ring.Queue(batch));
    }

    private static byte[] Batch(int frames, int length)
    {
        byte[] batch = new byte[PacketBatch.MaximumBytes];
        int used = 0;
        foreach (byte[] frame in Enumerable.Range(1, frames).Select(value => Enumerable.Repeat((byte)value, length).ToArray()))
        {
            Assert.True(PacketBatch.TryAppend(batch, ref used, frame));
        }

        return batch[..used];
    }
}
