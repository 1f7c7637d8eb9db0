using System;
using NooksOS.Contracts;
using NooksOS.Drivers.Virtio;

namespace NooksOS.Drivers.VirtioNet;

/// <summary>
/// The controller as the part sees it that all network drivers share. There may be several pairs of queues; one is used, because
/// there is one processor, and a device uses only the first until it is told otherwise (virtio 1.2 §5.1.6.5.5).
/// </summary>
internal sealed class VirtioNetController : NetworkController
{
    private const uint UsedPairs = 1;

    // §5.1.6.5.5.1.
    private const uint MaximumPairs = 0x8000;
    private const uint MaximumControlSlots = 16;

    // In the status of the device's configuration, §5.1.4.
    private const ushort LinkUp = 1;
    private const uint DuplexEnd = (uint)NetworkConfiguration.Duplex + 1;
    private const byte HalfDuplex = 0;
    private const uint UnknownSpeed = uint.MaxValue;

    private readonly VirtioTransport _transport;
    private readonly QueuePair[] _pairs;
    private readonly FilterCommands? _filter;
    private bool _isConfigured;

    private VirtioNetController(VirtioTransport transport, QueuePair[] pairs, FilterCommands? filter)
    {
        _transport = transport;
        _pairs = pairs;
        _filter = filter;
    }

    /// <inheritdoc/>
    public override uint OutstandingFrames
    {
        get
        {
            uint frames = 0;
            foreach (QueuePair pair in _pairs)
            {
                frames += pair.Transmit.Outstanding;
            }

            return frames;
        }
    }

    private bool IsBroken
    {
        get
        {
            bool isBroken = _filter is { Queue.IsBroken: true };
            foreach (QueuePair pair in _pairs)
            {
                isBroken |= pair.Receive.Queue.IsBroken || pair.Transmit.Queue.IsBroken;
            }

            return isBroken;
        }
    }

    /// <summary>
    /// Makes queues as long as the device's, which it tells only after a reset. Null if it is none that the driver can drive;
    /// throws what <see cref="IDeviceResources"/> throws.
    /// </summary>
    public static VirtioNetController? TryMake(VirtioTransport transport, IDeviceResources device)
    {
        if (!transport.TryReset() || !TryFindControlQueue(transport, out ushort controlIndex))
        {
            return null;
        }

        QueuePair[] pairs = new QueuePair[UsedPairs];
        for (uint number = 0; number < UsedPairs; number++)
        {
            if (QueuePair.TryMake(transport, device, number) is not { } pair)
            {
                return null;
            }

            pairs[number] = pair;
        }

        if (!transport.Has(NetworkFeatures.ControlReceive))
        {
            return new VirtioNetController(transport, pairs, null);
        }

        uint controlSlots = QueueSizes.Choose(transport.ReadQueueSize(controlIndex), MaximumControlSlots);
        if (controlSlots == 0)
        {
            return null;
        }

        ControlQueue control = new(device, new SplitQueue(device, controlIndex, (ushort)controlSlots));
        return new VirtioNetController(transport, pairs, new FilterCommands(transport, control));
    }

    /// <inheritdoc/>
    public override bool TryReset() => _transport.TryReset();

    /// <inheritdoc/>
    public override bool TryReadAddress(out MacAddress address)
    {
        address = new MacAddress(_transport.ReadWhole(ReadAddress));
        return address.Bits != 0 && !address.IsMulticast;
    }

    /// <inheritdoc/>
    public override void Configure(MacAddress address, ReceiveFilter filter)
    {
        _isConfigured = true;
        foreach (QueuePair pair in _pairs)
        {
            _isConfigured &= pair.TryEnable(_transport);
        }

        if (_filter is not null)
        {
            _filter.Reset();
            _isConfigured &= _transport.TryEnableQueue(_filter.Queue);
        }
    }

    /// <inheritdoc/>
    public override bool TryStart(ReceiveFilter filter)
    {
        if (!_isConfigured || !_transport.TryStart())
        {
            return false;
        }

        // Not before: the device receives everything until it is told what is wanted.
        _filter?.Set(filter);
        foreach (QueuePair pair in _pairs)
        {
            _transport.Publish(pair.Receive.Queue);
        }

        return true;
    }

    /// <summary>A reset is the only way to make the device let go of its buffers (§3.3.1).</summary>
    public override void Rest() => _transport.TryRest();

    /// <summary>A device at rest asserts nothing any more once it was asked why it did.</summary>
    public override void SilenceInterrupts() => _transport.TakeInterrupt();

    /// <inheritdoc/>
    public override NetworkEvents TakeEvents()
    {
        VirtioInterrupt interrupt = _transport.TakeInterrupt();
        NetworkEvents events = NetworkEvents.None;
        if ((interrupt & VirtioInterrupt.Queue) != 0)
        {
            _filter?.Advance();
            events |= NetworkEvents.Receive | NetworkEvents.Transmit;
        }

        if ((interrupt & VirtioInterrupt.Configuration) != 0)
        {
            events |= HasGivenUp ? NetworkEvents.Failure : NetworkEvents.Link;
        }

        return IsBroken ? events | NetworkEvents.Failure : events;
    }

    /// <inheritdoc/>
    public override int Receive(ref ReceiveBatch batch, int maximumSlots)
    {
        int slots = 0;
        foreach (QueuePair pair in _pairs)
        {
            slots += pair.Receive.Receive(ref batch, maximumSlots - slots);
        }

        return slots;
    }

    /// <summary>Tells the device of the buffers that <see cref="Receive"/> has put back.</summary>
    public override void ReturnSlots(bool isIdle)
    {
        foreach (QueuePair pair in _pairs)
        {
            _transport.Publish(pair.Receive.Queue);
        }
    }

    /// <inheritdoc/>
    public override uint Transmit(ReadOnlySpan<byte> batch)
    {
        TransmitQueue queue = _pairs[0].Transmit;
        uint frames = queue.Add(batch);
        _transport.Publish(queue.Queue);
        return frames;
    }

    /// <inheritdoc/>
    public override TransmitOutcome Reclaim() => _pairs[0].Transmit.Reclaim();

    /// <inheritdoc/>
    public override TransmitOutcome GiveUp() => _pairs[0].Transmit.GiveUp();

    /// <inheritdoc/>
    public override bool TrySetFilter(ReceiveFilter filter)
    {
        _filter?.Set(filter);
        return true;
    }

    /// <inheritdoc/>
    public override LinkState ReadLink()
    {
        if (HasGivenUp)
        {
            return default;
        }

        // Without the feature the link is always up (§5.1.4.2).
        if (_transport.Has(NetworkFeatures.LinkStatus)
            && (_transport.Device.Read16((uint)NetworkConfiguration.Status) & LinkUp) == 0)
        {
            return default;
        }

        if (!_transport.Has(NetworkFeatures.SpeedAndDuplex) || _transport.Device.LengthBytes < DuplexEnd)
        {
            return new LinkState(true, true, 0);
        }

        uint speed = _transport.Device.Read32((uint)NetworkConfiguration.Speed);
        bool isFullDuplex = _transport.Device.Read8((uint)NetworkConfiguration.Duplex) != HalfDuplex;
        return new LinkState(true, isFullDuplex, speed == UnknownSpeed ? 0 : speed);
    }

    private bool HasGivenUp => (_transport.Status & VirtioStatus.DeviceNeedsReset) != 0;

    private static ulong ReadAddress(RegisterRegion configuration)
    {
        ulong bits = 0;
        for (int index = MacAddress.Length - 1; index >= 0; index--)
        {
            bits = (bits << 8) | configuration.Read8((uint)NetworkConfiguration.Address + (uint)index);
        }

        return bits;
    }

    /// <summary>Where the control queue is: behind all the pairs that there may be (§5.1.2). False if the device contradicts itself.</summary>
    private static bool TryFindControlQueue(VirtioTransport transport, out ushort index)
    {
        uint pairs = transport.Has(NetworkFeatures.MultipleQueues)
            ? transport.Device.Read16((uint)NetworkConfiguration.MaximumQueuePairs)
            : 1u;
        index = (ushort)(2 * pairs);
        uint queues = (2 * pairs) + (transport.Has(NetworkFeatures.ControlQueue) ? 1u : 0u);
        return pairs is >= UsedPairs and <= MaximumPairs && queues <= transport.QueueCount;
    }
}
