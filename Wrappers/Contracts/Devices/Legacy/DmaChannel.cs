namespace NooksOS.Contracts;

/// <summary>A channel of the ISA DMA controller and the buffer that its device reads.</summary>
public abstract class DmaChannel
{
    /// <summary>The channel, as the kernel knows it.</summary>
    public abstract Handle<TrackedObjects.DmaChannel> Handle { get; }

    /// <summary>What the device reads, round and round.</summary>
    public abstract DmaBuffer Buffer { get; }

    /// <summary>Stops the channel and sets it to the start of the buffer.</summary>
    public abstract void Rewind();

    /// <summary>Lets the device read.</summary>
    public abstract void Start();

    /// <summary>Lets the device read no more. Returns how many bytes of the buffer it has read in this round.</summary>
    public abstract uint Stop();

    /// <summary>Reads how many bytes of the buffer the device has read in this round.</summary>
    public abstract uint ReadPositionBytes();
}
