using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Rtl8139;

/// <summary>The controller as the shared part of network drivers sees it: its registers joined with its rings.</summary>
internal sealed class Rtl8139Controller(Rtl8139Hardware hardware, ReceiveRing receive, TransmitRing transmit) : NetworkController
{
    private readonly ReceiverWatch _watch = new();
    private uint _missedFrames;
    private bool _hasAnnouncedFrames;

    /// <inheritdoc/>
    public override uint OutstandingFrames => transmit.Outstanding;

    /// <inheritdoc/>
    public override bool TryReset() => hardware.TryReset();

    /// <inheritdoc/>
    public override bool TryReadAddress(out MacAddress address) => hardware.TryReadAddress(out address);

    /// <inheritdoc/>
    public override void Configure(MacAddress address, ReceiveFilter filter)
    {
        _watch.NoteFrames();
        receive.Reset();
        transmit.Reset();
        hardware.Configure(address, receive, transmit);
    }

    /// <inheritdoc/>
    public override bool TryStart(ReceiveFilter filter)
    {
        hardware.Start(filter);
        hardware.UnmaskInterrupts();
        return true;
    }

    /// <inheritdoc/>
    public override void Rest() => hardware.Rest();

    /// <inheritdoc/>
    public override void SilenceInterrupts() => hardware.SilenceInterrupts();

    /// <inheritdoc/>
    public override NetworkEvents TakeEvents()
    {
        InterruptCauses causes = hardware.TakeCauses();
        if (causes == InterruptCauses.All)
        {
            return NetworkEvents.Failure;
        }

        _hasAnnouncedFrames = Any(causes, InterruptCauses.Received | InterruptCauses.NoReceiveDescriptor);
        return (Any(causes, InterruptCauses.Receive) ? NetworkEvents.Receive : 0)
            | (Any(causes, InterruptCauses.Overrun) ? NetworkEvents.ReceiveOverrun : 0)
            | (Any(causes, InterruptCauses.Transmit) ? NetworkEvents.Transmit : 0)
            | (Any(causes, InterruptCauses.LinkChanged) ? NetworkEvents.Link : 0)
            | (Any(causes, InterruptCauses.SystemError) ? NetworkEvents.Failure : 0);
    }

    /// <inheritdoc/>
    public override int Receive(ref ReceiveBatch batch, int maximumSlots)
    {
        int slots = receive.Drain(ref batch, maximumSlots);
        if (slots != 0)
        {
            _watch.NoteFrames();
        }

        return slots;
    }

    /// <inheritdoc/>
    public override bool HasLostReceiver(NetworkEvents events) => _hasAnnouncedFrames && _watch.NoteSilence();

    /// <inheritdoc/>
    public override uint Transmit(ReadOnlySpan<byte> batch)
    {
        uint frames = transmit.Queue(batch);
        if (frames != 0)
        {
            hardware.PollTransmit();
        }

        return frames;
    }

    /// <inheritdoc/>
    public override TransmitOutcome Reclaim() => transmit.Reclaim();

    /// <inheritdoc/>
    public override TransmitOutcome GiveUp() => transmit.GiveUp();

    /// <inheritdoc/>
    public override bool TrySetFilter(ReceiveFilter filter)
    {
        hardware.SetFilter(filter);
        return true;
    }

    /// <inheritdoc/>
    public override LinkState ReadLink() => hardware.ReadLink();

    /// <inheritdoc/>
    public override void ReadCounters(NetworkCounters counters)
    {
        if (hardware.TryReadMissedFrames(out uint missed))
        {
            counters.ReceiveDropped += Rtl8139Hardware.CountMissed(_missedFrames, missed);
            _missedFrames = missed;
        }
    }

    /// <inheritdoc/>
    public override void SettleCounters()
    {
        if (hardware.TryReadMissedFrames(out uint missed))
        {
            _missedFrames = missed;
        }
    }

    private static bool Any(InterruptCauses causes, InterruptCauses wanted) => (causes & wanted) != 0;
}
