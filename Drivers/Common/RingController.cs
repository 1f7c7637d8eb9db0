using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers;

/// <summary>A controller that finds what to send, and room for what it receives, in two rings of descriptors.</summary>
public abstract class RingController(ReceiveRing receive, TransmitRing transmit) : NetworkController
{
    /// <inheritdoc/>
    public sealed override uint OutstandingFrames => transmit.Outstanding;

    /// <inheritdoc/>
    public override void Configure(MacAddress address, ReceiveFilter filter)
    {
        receive.Reset();
        transmit.Reset();
        ConfigureDevice(address, filter);
    }

    /// <inheritdoc/>
    public override int Receive(ref ReceiveBatch batch, int maximumSlots) => receive.Drain(ref batch, maximumSlots);

    /// <inheritdoc/>
    public sealed override uint Transmit(ReadOnlySpan<byte> batch)
    {
        uint frames = transmit.Queue(batch);
        if (frames != 0)
        {
            AnnounceFrames();
        }

        return frames;
    }

    /// <inheritdoc/>
    public override TransmitOutcome Reclaim() => transmit.Reclaim();

    /// <inheritdoc/>
    public sealed override TransmitOutcome GiveUp() => transmit.GiveUp();

    /// <summary>See <see cref="NetworkController.Configure"/>. The rings are at slot 0.</summary>
    protected abstract void ConfigureDevice(MacAddress address, ReceiveFilter filter);

    /// <summary>Tells the device that there are frames to send.</summary>
    protected abstract void AnnounceFrames();
}
