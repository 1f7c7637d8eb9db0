using System;
using NooksOS.Contracts;
using NooksOS.Drivers.E1000;
using Xunit;

namespace NooksOS.Tests.Units.E1000;

public sealed class ReceiveRingBehavior
{
    private const byte Whole = (byte)(ReceiveStatus.Done | ReceiveStatus.EndOfPacket);

    private readonly FakeDmaBuffer _descriptors = new(0x1000_0000, ReceiveRing.DescriptorBytes);
    private readonly FakeDmaBuffer _buffers = new(0x2000_0000, ReceiveRing.SlotCount * ReceiveRing.BufferBytes);
    private readonly byte[] _batch = new byte[PacketBatch.MaximumBytes];
    private readonly ReceiveRing _ring;

    public ReceiveRingBehavior()
    {
        _ring = new ReceiveRing(_descriptors, _buffers);
        _ring.Reset();
    }

    [Fact]
    public void TheDeviceGetsAllSlotsButOne()
    {
        Assert.Equal(0u, _ring.Next);
        Assert.Equal(ReceiveRing.SlotCount - 1, _ring.Tail);
    }

    [Fact]
    public void ASlotComesBackWithItsOwnBufferWhateverTheDeviceWroteThere()
    {
        Report(0, 60);
        _descriptors.As<ReceiveDescriptor>()[0].BufferAddress = 0xDEAD_BEEF_0000;

        Assert.Equal(1, Drain().Slots);

        ReceiveDescriptor descriptor = _descriptors.As<ReceiveDescriptor>()[0];
        Assert.Equal(_buffers.DeviceAddress, descriptor.BufferAddress);
        Assert.Equal(0, descriptor.Status);
        Assert.Equal(1u, _ring.Unreturned);
        Assert.Equal(0u, _ring.TakeTail());
        Assert.Equal(0u, _ring.Unreturned);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(1519)]
    [InlineData(2049)]
    [InlineData(ushort.MaxValue)]
    public void AnImpossibleLengthIsAnErrorAndTheNextFrameIsFine(int length)
    {
        Report(0, (ushort)length);
        Report(1, 60);

        Assert.Equal(new ReceiveOutcome(2, 1, 60, 1, 62), Drain());
    }

    [Theory]
    [InlineData((byte)ReceiveErrors.Checksum)]
    [InlineData((byte)ReceiveErrors.Symbol)]
    [InlineData((byte)ReceiveErrors.Sequence)]
    [InlineData((byte)ReceiveErrors.CarrierExtension)]
    [InlineData((byte)ReceiveErrors.Data)]
    [InlineData(byte.MaxValue)]
    public void ABadFrameIsCountedAndDropped(byte errors)
    {
        Report(0, 60);
        _descriptors.As<ReceiveDescriptor>()[0].Errors = (ReceiveErrors)errors;

        Assert.Equal(new ReceiveOutcome(1, 0, 0, 1, 0), Drain());
    }

    [Fact]
    public void AFrameOfSeveralBuffersIsOneError()
    {
        Report(0, 2048, (byte)ReceiveStatus.Done);
        Report(1, 2048, (byte)ReceiveStatus.Done);
        Report(2, 100);
        Report(3, 60);

        Assert.Equal(new ReceiveOutcome(4, 1, 60, 1, 62), Drain());
    }

    [Fact]
    public void ADescriptorThatIsDoneOutOfTurnIsNotLookedAt()
    {
        Report(1, 60);

        Assert.Equal(0, Drain().Slots);
    }

    [Fact]
    public void ABatchHoldsNoMoreFramesThanAllowed()
    {
        for (int slot = 0; slot < 40; slot++)
        {
            Report(slot, PacketBatch.MaximumFrameBytes);
        }

        Assert.Equal(PacketBatch.MaximumFrames, Drain().Slots);
        Assert.Equal(PacketBatch.MaximumFrames, Drain().Slots);
        Assert.Equal(8, Drain().Slots);
    }

    [Fact]
    public void AFrameThatDoesNotFitTheBatchStaysInItsSlot()
    {
        Report(0, 500);
        Report(1, 600);
        byte[] small = new byte[700];

        ReceiveOutcome first = _ring.Drain(small, 16);
        ReceiveOutcome second = _ring.Drain(small, 16);

        Assert.Equal(500u, first.Bytes);
        Assert.Equal(600u, second.Bytes);
    }

    [Fact]
    public void ADeviceThatReportsWithoutEndIsLookedAtOnlyAsOftenAsTold()
    {
        for (int slot = 0; slot < ReceiveRing.SlotCount; slot++)
        {
            Report(slot, 0);
        }

        Assert.Equal(50, _ring.Drain(_batch, 50).Slots);
    }

    private ReceiveOutcome Drain() => _ring.Drain(_batch, int.MaxValue);

    private void Report(int slot, ushort length, byte status = Whole)
    {
        ref ReceiveDescriptor descriptor = ref _descriptors.As<ReceiveDescriptor>()[slot];
        descriptor.Length = length;
        descriptor.Status = status;
    }
}
