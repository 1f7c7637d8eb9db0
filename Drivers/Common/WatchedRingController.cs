using NooksOS.Contracts;

namespace NooksOS.Drivers;

/// <summary>
/// A controller that cannot be asked which slot it fills next, so that only what it announces tells whether it has lost its way;
/// and that counts the frames for which it found no slot in a register that wraps around.
/// </summary>
public abstract class WatchedRingController(ReceiveRing receive, TransmitRing transmit) : RingController(receive, transmit)
{
    private readonly ReceiverWatch _watch = new();
    private uint _missedFrames;

    /// <summary>Whether the device has said last that it received frames, or found no slot for one.</summary>
    protected bool HasAnnouncedFrames { get; set; }

    /// <summary>The bits of the register that counts.</summary>
    protected abstract uint MissedFramesMask { get; }

    /// <inheritdoc/>
    public sealed override void Configure(MacAddress address, ReceiveFilter filter)
    {
        _watch.NoteFrames();
        base.Configure(address, filter);
    }

    /// <inheritdoc/>
    public sealed override int Receive(ref ReceiveBatch batch, int maximumSlots)
    {
        int slots = base.Receive(ref batch, maximumSlots);
        if (slots != 0)
        {
            _watch.NoteFrames();
        }

        return slots;
    }

    /// <inheritdoc/>
    public sealed override bool HasLostReceiver(NetworkEvents events) => HasAnnouncedFrames && _watch.NoteSilence();

    /// <inheritdoc/>
    public sealed override void ReadCounters(NetworkCounters counters)
    {
        uint before = _missedFrames;
        SettleCounters();
        counters.ReceiveDropped += (_missedFrames - before) & MissedFramesMask;
    }

    /// <inheritdoc/>
    public sealed override void SettleCounters()
    {
        if (TryReadMissedFrames(out uint frames))
        {
            _missedFrames = frames;
        }
    }

    /// <summary>Reads how many frames have found no slot, modulo the register's width. False if there is no device.</summary>
    protected abstract bool TryReadMissedFrames(out uint frames);
}
