using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.E1000;

/// <summary>
/// A claimed device that the kernel knows of. One thread at a time runs in here, but each call to the kernel lets another one
/// in, so the state is complete before each such call and looked at again after it. Nothing is allocated after construction.
/// The device is not trusted, and may be in any state: a predecessor can have died at any instruction.
/// </summary>
internal sealed class E1000Adapter
{
    private const uint MaximumTransmissionUnitBytes = 1500;
    private const ReceiveMode KnownModes = ReceiveMode.AllMulticast | ReceiveMode.Promiscuous;

    // Bounds of one interrupt, a few milliseconds of work at the very most.
    private const int SlotsPerInterrupt = 128;
    private const int RoundsPerInterrupt = 4;

    // A ring that never runs empty keeps the rest for what comes meanwhile.
    private const uint SlotsReturnedUnderLoad = ReceiveRing.SlotCount * 3 / 4;

    private readonly IExtensionServices _services;
    private readonly INetworkDeviceHost _host;
    private readonly IDeviceResources _device;
    private readonly E1000Hardware _hardware;
    private readonly ReceiveRing _receive;
    private readonly TransmitRing _transmit;
    private readonly MacAddress _address;
    private readonly Handle<TrackedObjects.NetworkDevice> _registration;
    private readonly byte[] _batch = new byte[PacketBatch.MaximumBytes];
    private readonly MulticastTable _multicast = new();
    private readonly E1000Statistics _statistics = new();
    private DriverState _state = DriverState.Closed;
    private ReceiveMode _mode;
    private bool _isFreshlyReset = true;
    private bool _isInInterrupt;
    private uint _openings;
    private uint _unreportedCompletions;

    private E1000Adapter(
        IExtensionServices services,
        E1000Resources resources,
        E1000Hardware hardware,
        MacAddress address,
        Handle<TrackedObjects.NetworkDevice> registration)
    {
        _services = services;
        _host = services.NetworkDevices;
        _device = resources.Device;
        _hardware = hardware;
        _receive = new ReceiveRing(resources.ReceiveDescriptors, resources.ReceiveBuffers);
        _transmit = new TransmitRing(resources.TransmitDescriptors, resources.TransmitBuffers);
        _address = address;
        _registration = registration;
    }

    /// <summary>Claims a device, puts it to rest and registers it.</summary>
    public static CallStatus TryStart(IExtensionServices services, out E1000Adapter? adapter)
    {
        adapter = null;
        CallStatus claimed = E1000Resources.TryClaim(services, out E1000Resources? resources);
        if (resources is null)
        {
            return claimed;
        }

        E1000Hardware hardware = new(resources.Registers);
        if (!hardware.Reset(services) || !hardware.TryReadAddress(out MacAddress address))
        {
            services.Log("the device does not answer or has no address");
            return CallStatus.Failed;
        }

        // Not before the reset: the line may have been left asserted by the predecessor, with nobody here to answer it.
        if (!resources.TryOpenInterruptLine(services))
        {
            return CallStatus.Failed;
        }

        CallResult<Handle<TrackedObjects.NetworkDevice>> registered =
            services.NetworkDevices.Register(address, MaximumTransmissionUnitBytes);
        if (!registered.TryGet(out Handle<TrackedObjects.NetworkDevice> registration))
        {
            return registered.Status;
        }

        adapter = new E1000Adapter(services, resources, hardware, address, registration);
        return CallStatus.Ok;
    }

    /// <summary>See <see cref="INetworkDevice.Open"/>.</summary>
    public CallResult Open(ReceiveMode mode)
    {
        switch (_state)
        {
            case DriverState.Open:
                return SetReceiveMode(mode);

            case DriverState.Changing:
                return CallResult.Failure(CallStatus.Busy);

            default:
                if ((mode & ~KnownModes) != 0)
                {
                    return CallResult.Failure(CallStatus.BadParameter);
                }

                _mode = mode;
                return BringUp() ? CallResult.Ok : CallResult.Failure(CallStatus.Failed);
        }
    }

    /// <summary>See <see cref="INetworkDevice.Close"/>.</summary>
    public CallResult Close()
    {
        if (_state == DriverState.Changing)
        {
            return CallResult.Failure(CallStatus.Busy);
        }

        if (_state == DriverState.Open)
        {
            TakeDown();
            _state = DriverState.Closed;
            ReportCompletions();
        }

        return CallResult.Ok;
    }

    /// <summary>See <see cref="INetworkDevice.Transmit"/>.</summary>
    public CallResult<uint> Transmit(ReadOnlySpan<byte> batch)
    {
        if (_state != DriverState.Open)
        {
            return _state == DriverState.Changing
                ? CallResult<uint>.Ok(0)
                : CallResult<uint>.Failure(CallStatus.Failed);
        }

        // What is taken back here is reported by the interrupt that the device has raised for it.
        TakeBackTransmitted();
        uint frames = _transmit.Queue(batch);
        if (frames != 0)
        {
            _hardware.SetTransmitTail(_transmit.Tail);
        }

        return CallResult<uint>.Ok(frames);
    }

    /// <summary>See <see cref="INetworkDevice.SetReceiveMode"/>.</summary>
    public CallResult SetReceiveMode(ReceiveMode mode)
    {
        if ((mode & ~KnownModes) != 0)
        {
            return CallResult.Failure(CallStatus.BadParameter);
        }

        _mode = mode;
        if (_state == DriverState.Open)
        {
            _hardware.SetReceiveMode(mode);
        }

        return CallResult.Ok;
    }

    /// <summary>See <see cref="INetworkDevice.SetMulticastList"/>.</summary>
    public CallResult SetMulticastList(ReadOnlySpan<MacAddress> addresses)
    {
        if (!_multicast.TrySet(addresses))
        {
            return CallResult.Failure(CallStatus.BadParameter);
        }

        if (_state == DriverState.Open)
        {
            _hardware.SetMulticastTable(_multicast);
        }

        return CallResult.Ok;
    }

    /// <summary>See <see cref="INetworkDevice.GetLink"/>.</summary>
    public LinkState ReadLink() => _hardware.ReadLink();

    /// <summary>See <see cref="INetworkDevice.GetStatistics"/>.</summary>
    public NetworkStatistics ReadStatistics() => _statistics.Read(_hardware);

    /// <summary>See <see cref="IInterruptSink.OnInterrupt"/>. Returns whether the device was the cause.</summary>
    public bool OnInterrupt()
    {
        // While it is changed the device is masked, and what it has to say must not be lost.
        if (_isInInterrupt || _state == DriverState.Changing)
        {
            return false;
        }

        if (_state == DriverState.Closed)
        {
            _hardware.SilenceInterrupts();
            return false;
        }

        _isInInterrupt = true;
        bool wasCause = ServeInterrupt();
        _isInInterrupt = false;
        return wasCause;
    }

    private bool ServeInterrupt()
    {
        uint opening = _openings;
        int slotsLeft = SlotsPerInterrupt;
        bool wasCause = false;
        for (int round = 0; round < RoundsPerInterrupt; round++)
        {
            // Looked at again after the work, which saves an interrupt for what came meanwhile.
            InterruptCauses causes = _hardware.ReadCauses() & InterruptCauses.Served;
            if (causes == InterruptCauses.None)
            {
                break;
            }

            if (!wasCause)
            {
                wasCause = true;
                _statistics.Interrupts++;
            }

            if ((causes & InterruptCauses.Receive) != 0)
            {
                int slots = Receive(opening, slotsLeft);
                slotsLeft -= slots;
                if (slots == 0 && (causes & InterruptCauses.ReceiveOverrun) != 0 && IsOpenSince(opening) && HasLostReceiver())
                {
                    _statistics.ReceiveErrors++;
                    StartOver();
                }
            }

            if (IsOpenSince(opening))
            {
                TakeBackTransmitted();
                ReportCompletions();
            }

            if (IsOpenSince(opening) && (causes & InterruptCauses.LinkChanged) != 0)
            {
                ReportLink();
            }

            if (!IsOpenSince(opening))
            {
                break;
            }

            if (slotsLeft == 0)
            {
                // The cause was cleared when it was read, and frames may be left: have the interrupt come again for them.
                _hardware.RaiseCause(InterruptCauses.ReceiveTimer);
                break;
            }
        }

        return wasCause;
    }

    /// <summary>Hands over what was received. Returns how many slots that was.</summary>
    private int Receive(uint opening, int maximumSlots)
    {
        int slots = 0;
        while (slots < maximumSlots && IsOpenSince(opening))
        {
            ReceiveOutcome outcome = _receive.Drain(_batch, maximumSlots - slots);
            ReturnSlots(outcome.Slots == 0 ? 1 : SlotsReturnedUnderLoad);
            if (outcome.Slots == 0)
            {
                break;
            }

            slots += outcome.Slots;
            _statistics.ReceiveErrors += outcome.Errors;
            if (outcome.Frames == 0)
            {
                continue;
            }

            CallResult<uint> result = _host.Receive(_registration, _batch.AsSpan(0, outcome.BatchBytes));
            uint taken = result.TryGet(out uint value) ? Math.Min(value, outcome.Frames) : 0;
            _statistics.FramesReceived += outcome.Frames;
            _statistics.BytesReceived += outcome.Bytes;
            _statistics.ReceiveDropped += outcome.Frames - taken;
        }

        return slots;
    }

    /// <summary>
    /// Gives free slots back to the device if there are that many. Few at a time would cost frames: when the device finds slots
    /// after it had none, QEMU's network layer offers everything that has waited, and what finds no slot is lost.
    /// </summary>
    private void ReturnSlots(uint minimum)
    {
        if (_receive.Unreturned >= minimum)
        {
            _hardware.SetReceiveTail(_receive.TakeTail());
        }
    }

    private void ReportLink()
    {
        LinkState link = _hardware.ReadLink();
        if (!link.IsUp && _transmit.Outstanding != 0)
        {
            // Nobody knows when these could leave, and whoever gave them to us waits for an answer.
            StartOver();
        }

        _host.LinkChanged(_registration, link);
    }

    /// <summary>
    /// Whether the device says that it has no descriptors although it has all of them: its head has then left the ring, or has
    /// passed the slot that we wait for, and will stay where it is.
    /// </summary>
    private bool HasLostReceiver()
    {
        uint head = _hardware.Read(E1000Register.ReceiveDescriptorHead);
        return head >= ReceiveRing.SlotCount || head == _receive.Tail;
    }

    /// <summary>Brings the device up again after it lost its way.</summary>
    private void StartOver()
    {
        TakeDown();
        BringUp();
        ReportCompletions();
    }

    /// <summary>Puts the device to rest and off the bus. What it had to send is given up.</summary>
    private void TakeDown()
    {
        _state = DriverState.Changing;
        TakeBackTransmitted();
        _hardware.Rest();
        _device.SetBusMaster(false);
        Count(_transmit.GiveUp());
        _statistics.Read(_hardware);
    }

    /// <summary>
    /// Brings the device from any state to one in which frames pass. It must be off the bus. The order is the design: first
    /// nothing must come from the device, then it must know no memory but ours, and only then may it reach memory at all.
    /// Frames may come in from that moment on; the interrupt tells of them once it is unmasked.
    /// </summary>
    private bool BringUp()
    {
        _state = DriverState.Changing;
        if (!_isFreshlyReset && !_hardware.Reset(_services))
        {
            _state = DriverState.Closed;
            return false;
        }

        _isFreshlyReset = false;
        _receive.Reset();
        _transmit.Reset();
        _hardware.Configure(_address);
        _hardware.SetMulticastTable(_multicast);
        _hardware.SetRings(_receive, _transmit);
        _statistics.Settle(_hardware);
        _hardware.SilenceInterrupts();
        _device.SetBusMaster(true);
        _hardware.EnableTransmission();
        _hardware.SetReceiveMode(_mode);
        _openings++;
        _state = DriverState.Open;
        _hardware.UnmaskInterrupts();
        return true;
    }

    /// <summary>Whether the device has been open all the time since, so that what was begun may be gone on with.</summary>
    private bool IsOpenSince(uint opening) => _state == DriverState.Open && _openings == opening;

    private void TakeBackTransmitted() => Count(_transmit.Reclaim());

    private void Count(in TransmitOutcome outcome)
    {
        _statistics.FramesTransmitted += outcome.Frames - outcome.Errors;
        _statistics.BytesTransmitted += outcome.Bytes;
        _statistics.TransmitErrors += outcome.Errors;
        _unreportedCompletions += outcome.Frames;
    }

    private void ReportCompletions()
    {
        uint frames = _unreportedCompletions;
        if (frames != 0)
        {
            // Before the call: it lets other threads in.
            _unreportedCompletions = 0;
            _host.TransmitCompleted(_registration, frames);
        }
    }
}
