using NooksOS.Contracts;

namespace NooksOS.Drivers.Rtl8139;

/// <summary>The controller as the shared part of network drivers sees it: its registers joined with its rings.</summary>
internal sealed class Rtl8139Controller(Rtl8139Hardware hardware, Rtl8139ReceiveRing receive, Rtl8139TransmitRing transmit)
    : WatchedRingController(receive, transmit)
{
    /// <inheritdoc/>
    protected override uint MissedFramesMask => Rtl8139Hardware.MissedFramesMask;

    /// <inheritdoc/>
    public override bool TryReset() => hardware.TryReset();

    /// <inheritdoc/>
    public override bool TryReadAddress(out MacAddress address) => hardware.TryReadAddress(out address);

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

        HasAnnouncedFrames = Any(causes, InterruptCauses.Received | InterruptCauses.NoReceiveDescriptor);
        return (Any(causes, InterruptCauses.Receive) ? NetworkEvents.Receive : 0)
            | (Any(causes, InterruptCauses.Overrun) ? NetworkEvents.ReceiveOverrun : 0)
            | (Any(causes, InterruptCauses.Transmit) ? NetworkEvents.Transmit : 0)
            | (Any(causes, InterruptCauses.LinkChanged) ? NetworkEvents.Link : 0)
            | (Any(causes, InterruptCauses.SystemError) ? NetworkEvents.Failure : 0);
    }

    /// <inheritdoc/>
    public override bool TrySetFilter(ReceiveFilter filter)
    {
        hardware.SetFilter(filter);
        return true;
    }

    /// <inheritdoc/>
    public override LinkState ReadLink() => hardware.ReadLink();

    /// <inheritdoc/>
    protected override void ConfigureDevice(MacAddress address, ReceiveFilter filter)
        => hardware.Configure(address, receive, transmit);

    /// <inheritdoc/>
    protected override void AnnounceFrames() => hardware.PollTransmit();

    /// <inheritdoc/>
    protected override bool TryReadMissedFrames(out uint frames) => hardware.TryReadMissedFrames(out frames);

    private static bool Any(InterruptCauses causes, InterruptCauses wanted) => (causes & wanted) != 0;
}
