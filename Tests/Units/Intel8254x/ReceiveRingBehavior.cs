using NooksOS.Contracts;
using NooksOS.Drivers;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.Intel8254x;

public sealed class ReceiveRingBehavior : RingSuite
{
    private const byte Whole = (byte)(ReceiveStatus.Done | ReceiveStatus.EndOfPacket);

    private readonly byte[] _storage = new byte[PacketBatch.ExchangeBytes];
    private readonly IntelReceiveRing _ring;

    public ReceiveRingBehavior()
    {
        _ring = new IntelReceiveRing(Kernel);
        _ring.Reset();
    }

    [Fact]
    public void TheDeviceGetsAllSlotsButOne()
    {
        Assert.Equal(0u, _ring.Next);
        Assert.Equal(IntelReceiveRing.SlotCount - 1, _ring.Tail);
    }

    [Fact]
    public void ASlotComesBackWithItsOwnBufferWhateverTheDeviceWroteThere()
    {
        Report(0, 60);
        Descriptors.As<ReceiveDescriptor>()[0].BufferAddress = 0xDEAD_BEEF_0000;

        Assert.Equal(new Drained(1, 1, 60, 0), Drain());

        ReceiveDescriptor descriptor = Descriptors.As<ReceiveDescriptor>()[0];
        Assert.Equal(Buffers.DeviceAddress, descriptor.BufferAddress);
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

        Assert.Equal(new Drained(2, 1, 60, 1), Drain());
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
        Descriptors.As<ReceiveDescriptor>()[0].Errors = (ReceiveErrors)errors;

        Assert.Equal(new Drained(1, 0, 0, 1), Drain());
    }

    [Fact]
    public void AFrameOfSeveralBuffersIsOneError()
    {
        Report(0, 2048, (byte)ReceiveStatus.Done);
        Report(1, 2048, (byte)ReceiveStatus.Done);
        Report(2, 100);
        Report(3, 60);

        Assert.Equal(new Drained(4, 1, 60, 1), Drain());
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
        for (int slot = 0; slot < PacketBatch.ExchangeFrames + 8; slot++)
        {
            Report(slot, PacketBatch.MaximumFrameBytes);
        }

        Assert.Equal(PacketBatch.ExchangeFrames, Drain().Slots);
        Assert.Equal(8, Drain().Slots);
    }

    [Fact]
    public void AFrameThatDoesNotFitTheBatchStaysInItsSlot()
    {
        Report(0, 500);
        Report(1, 600);
        byte[] small = new byte[700];

        Drained first = Drain(small);
        Drained second = Drain(small);

        Assert.Equal(500u, first.Bytes);
        Assert.Equal(600u, second.Bytes);
    }

    [Fact]
    public void ADeviceThatReportsWithoutEndIsLookedAtOnlyAsOftenAsTold()
    {
        for (int slot = 0; slot < IntelReceiveRing.SlotCount; slot++)
        {
            Report(slot, 0);
        }

        Assert.Equal(50, Drain(_storage, 50).Slots);
    }

    private Drained Drain() => Drain(_storage);

    private Drained Drain(byte[] storage, int maximumSlots = int.MaxValue)
    {
        ReceiveBatch batch = new(storage);
        int slots = _ring.Drain(ref batch, maximumSlots);
        return new Drained(slots, batch.Frames, batch.Bytes, batch.Errors);
    }

    private void Report(int slot, ushort length, byte status = Whole)
    {
        ref ReceiveDescriptor descriptor = ref Descriptors.As<ReceiveDescriptor>()[slot];
        descriptor.Length = length;
        descriptor.Status = status;
    }

    private readonly record struct Drained(int Slots, uint Frames, uint Bytes, uint Errors);
}
