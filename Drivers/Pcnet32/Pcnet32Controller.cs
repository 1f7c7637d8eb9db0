using NooksOS.Contracts;

namespace NooksOS.Drivers.Pcnet32;

/// <summary>The controller as the shared part of network drivers sees it: its registers joined with its rings.</summary>
internal sealed class Pcnet32Controller(
    Pcnet32Hardware hardware, InitializationBlock initialization, Pcnet32ReceiveRing receive, Pcnet32TransmitRing transmit)
    : WatchedRingController(receive, transmit)
{
    private const ControllerStatus Running =
        ControllerStatus.Start | ControllerStatus.ReceiverOn | ControllerStatus.TransmitterOn;

    /// <inheritdoc/>
    protected override uint MissedFramesMask => ushort.MaxValue;

    /// <inheritdoc/>
    public override bool TryReset() => hardware.TryReset();

    /// <inheritdoc/>
    public override bool TryReadAddress(out MacAddress address) => hardware.TryReadAddress(out address);

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
        HasAnnouncedFrames = Any(status, ControllerStatus.ReceiveInterrupt | ControllerStatus.MissedFrame);
        if (Any(status, ControllerStatus.Causes))
        {
            hardware.WriteStatus((status & ControllerStatus.Causes) | ControllerStatus.InterruptEnable);
        }

        return events;
    }

    /// <inheritdoc/>
    public override bool TrySetFilter(ReceiveFilter filter)
        => hardware.TrySetFilter(LogicalAddressFilter.ModeOf(filter), LogicalAddressFilter.Of(filter));

    /// <inheritdoc/>
    public override LinkState ReadLink() => hardware.ReadLink();

    /// <inheritdoc/>
    protected override void ConfigureDevice(MacAddress address, ReceiveFilter filter)
    {
        initialization.Fill(address, filter, receive, transmit);
        hardware.Configure(initialization.DeviceAddress);
    }

    /// <inheritdoc/>
    protected override void AnnounceFrames()
        => hardware.WriteStatus(ControllerStatus.TransmitDemand | ControllerStatus.InterruptEnable);

    /// <inheritdoc/>
    protected override bool TryReadMissedFrames(out uint frames) => hardware.TryReadMissedFrames(out frames);

    private static bool Any(ControllerStatus status, ControllerStatus wanted) => (status & wanted) != 0;
}
