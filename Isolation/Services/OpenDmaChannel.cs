using NooksOS.Contracts;
using NooksOS.Kernel.Bus.Isa;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>A channel of the ISA DMA controller that a domain's device uses. Only the kernel programs it.</summary>
public sealed class OpenDmaChannel(uint channel) : TrackedObject(TrackedKind.DmaChannel)
{
    private bool _isProgrammed;

    /// <summary>Its number.</summary>
    public uint Channel { get; } = channel;

    /// <inheritdoc/>
    public override string Description => $"DMA channel {Channel}";

    /// <summary>Sets the channel, stopped, to the start of a buffer, which must be within its reach.</summary>
    public void Program(ulong address, uint lengthBytes)
    {
        LegacyDevices.Dma.Program(Channel, address, lengthBytes);
        _isProgrammed = true;
    }

    /// <summary>Lets the device read. False as long as nobody has said what: it would be the buffer of an earlier owner.</summary>
    public bool TryStart()
    {
        if (_isProgrammed)
        {
            LegacyDevices.Dma.Unmask(Channel);
        }

        return _isProgrammed;
    }

    /// <summary>Lets the device read no more. Returns how many bytes of the buffer it has read in this round.</summary>
    public uint Stop() => LegacyDevices.Dma.Stop(Channel);

    /// <summary>A masked channel reaches no memory, whatever its device asks for.</summary>
    protected override bool Quiesce()
    {
        Stop();
        return true;
    }

    /// <inheritdoc/>
    protected override bool Release()
    {
        Stop();
        return true;
    }
}
