using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>A channel of the ISA DMA controller, which the kernel programs for this domain.</summary>
internal sealed class OpenedDmaChannel(Handle<TrackedObjects.DmaChannel> channel, DmaBufferDescription buffer) : DmaChannel
{
    private static LegacyDeviceServicesClient Kernel => default;

    /// <inheritdoc/>
    public override Handle<TrackedObjects.DmaChannel> Handle => channel;

    /// <inheritdoc/>
    public override DmaBuffer Buffer { get; } = new MappedDmaBuffer(buffer);

    /// <inheritdoc/>
    public override void Rewind()
        => Granted.Require(Kernel.ProgramDmaChannel(channel, buffer.Handle, buffer.LengthBytes).Status, "DMA");

    /// <inheritdoc/>
    public override void Start() => Granted.Require(Kernel.StartDmaChannel(channel).Status, "DMA");

    /// <inheritdoc/>
    public override uint Stop() => Granted.Require(Kernel.StopDmaChannel(channel), "DMA");

    /// <inheritdoc/>
    public override uint ReadPositionBytes() => Granted.Require(Kernel.GetDmaPosition(channel), "DMA");
}
