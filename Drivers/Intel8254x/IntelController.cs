using NooksOS.Contracts;

namespace NooksOS.Drivers.Intel8254x;

/// <summary>The controller as the part sees it that all network drivers share: its registers joined with its rings.</summary>
internal sealed class IntelController(IntelHardware hardware, IntelReceiveRing receive, IntelTransmitRing transmit)
    : RingController(receive, transmit)
{
    // A ring that never runs empty keeps the rest for what comes meanwhile.
    private const uint SlotsReturnedUnderLoad = IntelReceiveRing.SlotCount * 3 / 4;

    private readonly MulticastTable _multicast = new();
    private readonly InterruptSpacing _spacing = new(hardware);
    private readonly HardwareCounter _checksumErrors = new(IntelRegister.ChecksumErrorCount);
    private readonly HardwareCounter _symbolErrors = new(IntelRegister.ReceiveErrorCount);
    private readonly HardwareCounter _missedPackets = new(IntelRegister.MissedPacketCount);

    /// <summary>
    /// Whether the device says that it has no descriptors although it has all of them: its head has then left the ring, or has
    /// passed the slot that we wait for, and will stay where it is.
    /// </summary>
    public override bool HasLostReceiver(NetworkEvents events)
    {
        if ((events & NetworkEvents.ReceiveOverrun) == 0)
        {
            return false;
        }

        uint head = hardware.Read(IntelRegister.ReceiveDescriptorHead);
        return head >= IntelReceiveRing.SlotCount || head == receive.Tail;
    }

    /// <inheritdoc/>
    public override bool TryReset() => hardware.TryReset();

    /// <inheritdoc/>
    public override bool TryReadAddress(out MacAddress address) => StationAddress.TryRead(hardware, out address);

    /// <inheritdoc/>
    public override bool TryStart(ReceiveFilter filter)
    {
        hardware.StartTransmission();
        hardware.StartReception(receive, filter);
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
        if ((causes & InterruptCauses.Served) == 0)
        {
            _spacing.Judge();
        }

        return (Any(causes, InterruptCauses.Receive) ? NetworkEvents.Receive : 0)
            | (Any(causes, InterruptCauses.ReceiveOverrun) ? NetworkEvents.ReceiveOverrun : 0)
            | (Any(causes, InterruptCauses.TransmitWrittenBack) ? NetworkEvents.Transmit : 0)
            | (Any(causes, InterruptCauses.LinkChanged) ? NetworkEvents.Link : 0);
    }

    /// <inheritdoc/>
    public override int Receive(ref ReceiveBatch batch, int maximumSlots)
    {
        int slots = base.Receive(ref batch, maximumSlots);
        _spacing.Count(received: (uint)slots, sent: 0);
        return slots;
    }

    /// <summary>
    /// Gives free slots back to the device, under load only if there are many. Few at a time would cost frames: when the device
    /// finds slots after it had none, QEMU's network layer offers everything that has waited, and what finds no slot is lost.
    /// </summary>
    public override void ReturnSlots(bool isIdle)
    {
        if (receive.Unreturned >= (isIdle ? 1 : SlotsReturnedUnderLoad))
        {
            hardware.SetReceiveTail(receive.TakeTail());
        }
    }

    /// <inheritdoc/>
    public override TransmitOutcome Reclaim()
    {
        TransmitOutcome outcome = base.Reclaim();
        _spacing.Count(received: 0, sent: outcome.Frames);
        return outcome;
    }

    /// <inheritdoc/>
    public override bool TrySetFilter(ReceiveFilter filter)
    {
        if (_multicast.TryChange(filter.Groups))
        {
            hardware.SetMulticastTable(_multicast);
        }

        hardware.SetReceiveControl(filter);
        return true;
    }

    /// <inheritdoc/>
    public override LinkState ReadLink() => hardware.ReadLink();

    /// <inheritdoc/>
    public override void ReadCounters(NetworkCounters counters)
    {
        counters.ReceiveErrors += _checksumErrors.ReadIncrease(hardware);
        counters.ReceiveErrors += _symbolErrors.ReadIncrease(hardware);
        counters.ReceiveDropped += _missedPackets.ReadIncrease(hardware);
    }

    /// <inheritdoc/>
    public override void SettleCounters()
    {
        _checksumErrors.ReadIncrease(hardware);
        _symbolErrors.ReadIncrease(hardware);
        _missedPackets.ReadIncrease(hardware);
    }

    /// <inheritdoc/>
    protected override void ConfigureDevice(MacAddress address, ReceiveFilter filter)
    {
        hardware.Configure(address);
        _spacing.Reset();
        _multicast.TryChange(filter.Groups);

        // Even if it is the same: nobody knows what a device has after a reset.
        hardware.SetMulticastTable(_multicast);
        hardware.SetRings(receive, transmit);
        hardware.PrepareReception(receive, filter);
    }

    /// <inheritdoc/>
    protected override void AnnounceFrames() => hardware.SetTransmitTail(transmit.Next);

    private static bool Any(InterruptCauses causes, InterruptCauses wanted) => (causes & wanted) != 0;
}
