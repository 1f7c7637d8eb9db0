using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers;

/// <summary>
/// A network controller with its registers and rings: what differs from one family of devices to the next.
/// <see cref="NetworkAdapter"/> calls it, one thread at a time, and in this order: <see cref="TryReset"/>,
/// <see cref="Configure"/>, then on the bus <see cref="TryStart"/>, then the traffic, then <see cref="Rest"/>, and from the start.
/// An implementation calls nothing of the kernel but the clock, which would let another thread in; allocates nothing after its
/// construction; and believes nothing that it reads from the device.
/// </summary>
public abstract class NetworkController
{
    /// <summary>Frames that the device has and is not done with.</summary>
    public abstract uint OutstandingFrames { get; }

    /// <summary>
    /// Puts the device to rest from any state: a predecessor can have died at any instruction. It is off the bus.
    /// False if there is no device.
    /// </summary>
    public abstract bool TryReset();

    /// <summary>Reads the address that the device was given when it was made. False if it has none.</summary>
    public abstract bool TryReadAddress(out MacAddress address);

    /// <summary>
    /// Prepares everything that frames need, while the device is at rest and off the bus: afterwards it knows no memory but the
    /// rings of this instance, which are empty, and neither receives nor sends.
    /// </summary>
    public abstract void Configure(MacAddress address, ReceiveFilter filter);

    /// <summary>
    /// Lets frames pass and then unmasks the interrupts. The device is configured and now on the bus. False if it does not start.
    /// </summary>
    public abstract bool TryStart(ReceiveFilter filter);

    /// <summary>Puts the device to rest without a reset: no interrupt, nothing received, nothing sent.</summary>
    public abstract void Rest();

    /// <summary>Makes the device deassert its line and keep it so.</summary>
    public abstract void SilenceInterrupts();

    /// <summary>Reads what has happened, and acknowledges it: whoever reads it must serve it.</summary>
    public abstract NetworkEvents TakeEvents();

    /// <summary>
    /// Moves received frames to a batch, until nothing is left, the batch is full, or as many slots were looked at as told.
    /// Returns how many slots the device is done with, good or bad.
    /// </summary>
    public abstract int Receive(ref ReceiveBatch batch, int maximumSlots);

    /// <summary>
    /// Whether the device will not go on by itself: asked if it has said that frames were received, or found no slot, and none is
    /// there. A device that cannot lose its way, or cannot tell, has not.
    /// </summary>
    /// <param name="events">What it has said.</param>
    public virtual bool HasLostReceiver(NetworkEvents events) => false;

    /// <summary>
    /// Called after each <see cref="Receive"/>, for a device that is told of free slots by a register; others get theirs back at
    /// once. When it is idle, nothing more had been received.
    /// </summary>
    public virtual void ReturnSlots(bool isIdle)
    {
    }

    /// <summary>Queues the frames of a <see cref="PacketBatch"/>. Returns how many there was room for.</summary>
    public abstract uint Transmit(ReadOnlySpan<byte> batch);

    /// <summary>Takes back the frames that the device is done with.</summary>
    public abstract TransmitOutcome Reclaim();

    /// <summary>Takes back every frame, sent or not. The device is at rest.</summary>
    public abstract TransmitOutcome GiveUp();

    /// <summary>Changes what is received. False if the device must be brought up anew for that.</summary>
    public abstract bool TrySetFilter(ReceiveFilter filter);

    /// <summary>Reads the link.</summary>
    public abstract LinkState ReadLink();

    /// <summary>Adds what only the device counts.</summary>
    public virtual void ReadCounters(NetworkCounters counters)
    {
    }

    /// <summary>Ignores what the device has counted so far: it counted for somebody else.</summary>
    public virtual void SettleCounters()
    {
    }
}
