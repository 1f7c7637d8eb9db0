using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Pcnet32;

/// <summary>The controller as the shared part of network drivers sees it: its registers joined with its rings.</summary>
internal sealed class Pcnet32Controller(
    Pcnet32Hardware hardware, InitializationBlock initialization, ReceiveRing receive, TransmitRing transmit) : NetworkController
{
    private const ControllerStatus Running =
        ControllerStatus.Start | ControllerStatus.ReceiverOn | ControllerStatus.TransmitterOn;

    private readonly ReceiverWatch _watch = new();
    private ushort _missedFrames;
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
        initialization.Fill(address, filter, receive, transmit);
        hardware.Configure(initialization.DeviceAddress);
    }

    /// <inheritdoc/>
    public override bool TryStart(ReceiveFilter filter)
    {
        if (!hardware.TryInitialize())
        {
            return false;
        }

        hardware.WriteStatus(ControllerStatus.InitializationDone | ControllerStatus.Start | ControllerStatus.InterruptEnable);
        return true;
    }

    /// <inheritdoc/>
    public override void Rest() => hardware.Stop();

    /// <inheritdoc/>
    public override void SilenceInterrupts() => hardware.Stop();

    /// <inheritdoc/>
    public override NetworkEvents TakeEvents()
    {
        ControllerStatus status = hardware.ReadStatus();
        NetworkEvents events = (Any(status, ControllerStatus.ReceiveInterrupt) ? NetworkEvents.Receive : 0)
            | (Any(status, ControllerStatus.MissedFrame) ? NetworkEvents.Receive | NetworkEvents.ReceiveOverrun : 0)
            | (Any(status, ControllerStatus.TransmitInterrupt) ? NetworkEvents.Transmit : 0)
            | (Any(status, ControllerStatus.MemoryError) || (status & Running) != Running ? NetworkEvents.Failure : 0);
        _hasAnnouncedFrames = Any(status, ControllerStatus.ReceiveInterrupt | ControllerStatus.MissedFrame);
        if (Any(status, ControllerStatus.Causes))
        {
            hardware.WriteStatus((status & ControllerStatus.Causes) | ControllerStatus.InterruptEnable);
        }

        return events;
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
            hardware.WriteStatus(ControllerStatus.TransmitDemand | ControllerStatus.InterruptEnable);
        }

        return frames;
    }

    /// <inheritdoc/>
    public override TransmitOutcome Reclaim() => transmit.Reclaim();

    /// <inheritdoc/>
    public override TransmitOutcome GiveUp() => transmit.GiveUp();

    /// <inheritdoc/>
    public override bool TrySetFilter(ReceiveFilter filter)
        => hardware.TrySetFilter(LogicalAddressFilter.ModeOf(filter), LogicalAddressFilter.Of(filter));

    /// <inheritdoc/>
    public override LinkState ReadLink() => hardware.ReadLink();

    /// <inheritdoc/>
    public override void ReadCounters(NetworkCounters counters)
    {
        if (hardware.TryReadMissedFrames(out ushort missed))
        {
            counters.ReceiveDropped += (ushort)(missed - _missedFrames);
            _missedFrames = missed;
        }
    }

    /// <inheritdoc/>
    public override void SettleCounters()
    {
        if (hardware.TryReadMissedFrames(out ushort missed))
        {
            _missedFrames = missed;
        }
    }

    private static bool Any(ControllerStatus status, ControllerStatus wanted) => (status & wanted) != 0;
}
