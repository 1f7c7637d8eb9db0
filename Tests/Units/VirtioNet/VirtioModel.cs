using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.VirtioNet;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;

namespace NooksOS.Tests.Units.VirtioNet;

/// <summary>
/// The device as seen through its registers and its queues. As QEMU's, it is reset at once and done with frames in order. By the
/// standard it takes its time to reset, has several pairs of queues, and is done with the newest frame first.
/// </summary>
internal sealed class VirtioModel : SimulatedDevice
{
    public const VirtioFeatures EveryFeature = (VirtioFeatures)(ulong.MaxValue >> 8) | VirtioFeatures.SpeedAndDuplex;

    private const int ReadsOfAReset = 5;
    private const int QueueRegisters = 0x18;

    private readonly bool _isByTheStandard;
    private readonly MacAddress _address;
    private readonly Queue<byte[]> _waiting = new();
    private readonly uint[] _selects = new uint[2];
    private readonly uint[] _driverFeatures = new uint[2];
    private ModelQueue[] _queues = [];
    private ModelFilter _filter;
    private VirtioStatus _status;
    private VirtioInterrupt _interrupt;
    private ushort _selectedQueue;
    private byte _generation;
    private int _resetReadsLeft;

    public VirtioModel(DeviceBehavior behavior, FakeMemory memory, FakeClock clock, MacAddress address)
        : base(memory, clock)
    {
        _isByTheStandard = behavior == DeviceBehavior.ByTheManual;
        _address = address;
        _filter = new ModelFilter(address);
        Pairs = _isByTheStandard ? (ushort)4 : (ushort)1;
        Reset();
    }

    public override PciIdentity Identity => new(0x1AF4, 0x1000);

    public override uint RegisterBar => ConfigurationSpace.Bar;

    public override uint WindowBytes { get; set; } = 0x4000;

    public ConfigurationSpace Configuration { get; } = new();

    public VirtioFeatures Offered { get; set; } = EveryFeature;

    /// <summary>What the driver has accepted.</summary>
    public VirtioFeatures Accepted => (VirtioFeatures)(_driverFeatures[0] | ((ulong)_driverFeatures[1] << 32));

    /// <summary>max_virtqueue_pairs.</summary>
    public ushort Pairs { get; set; }

    public ushort QueueSize { get; set; } = ModelQueue.LargestSize;

    public bool IsLinkUp { get; set; } = true;

    public bool RefusesFeatures { get; set; }

    /// <summary>Whether commands are only noted, until <see cref="AnswerCommands"/>.</summary>
    public bool AnswersLater { get; set; }

    public bool NeedsNoNotification { get; set; }

    public int Notifications { get; private set; }

    public int Commands { get; private set; }

    public ModelFilter Filter => _filter;

    public VirtioStatus Status => _status;

    public IReadOnlyList<ModelQueue> Queues => _queues;

    public override bool IsLineAsserted => _interrupt != VirtioInterrupt.None;

    public override bool IsReadyForTheBus =>
        (_status & VirtioStatus.DriverOk) == 0 && _queues.All(queue => !queue.IsEnabled || queue.IsLive);

    private bool IsWorking =>
        (_status & (VirtioStatus.DriverOk | VirtioStatus.DeviceNeedsReset)) == VirtioStatus.DriverOk && Memory.IsBusMaster;

    // QEMU has as many queues as it needs, and so the control queue right behind the pairs.
    private int ControlIndex => 2 * ((Accepted & VirtioFeatures.MultipleQueues) != 0 ? Pairs : 1);

    public override uint ReadConfiguration(uint offsetBytes, uint widthBytes) => Configuration.Read(offsetBytes, widthBytes);

    public override void Arrive(byte[] frame)
    {
        _waiting.Enqueue(frame);
        Flush();
    }

    public override void Flush()
    {
        while (_waiting.Count != 0 && IsWorking && (!_filter.Accepts(_waiting.Peek()) || TryReceive(_waiting.Peek())))
        {
            _waiting.Dequeue();
        }
    }

    public override void SetLink(bool isUp)
    {
        IsLinkUp = isUp;
        _generation++;
        Raise(VirtioInterrupt.Configuration);
    }

    public void Raise(VirtioInterrupt interrupt) => _interrupt |= IsWorking || _status.HasFlag(VirtioStatus.DriverOk) ? interrupt : 0;

    /// <summary>Gives up, as a device does whose driver has done something impossible.</summary>
    public void GiveUp()
    {
        _status |= VirtioStatus.DeviceNeedsReset;
        _interrupt |= VirtioInterrupt.Configuration;
    }

    public override void RaiseAnything(Random random)
    {
        _interrupt |= (VirtioInterrupt)random.Next(256);
        if (random.Next(20) == 0)
        {
            GiveUp();
        }
    }

    public override void Scramble(Random random)
    {
        _status = (VirtioStatus)random.Next(256);
        _interrupt = (VirtioInterrupt)random.Next(256);
        _selectedQueue = (ushort)random.Next(65536);
        _driverFeatures[0] = (uint)random.NextInt64();
        _driverFeatures[1] = (uint)random.NextInt64();
        foreach (ModelQueue queue in _queues)
        {
            queue.IsEnabled = random.Next(2) == 0;
            queue.Size = (ushort)(1 << random.Next(9));
            for (int index = 0; index < queue.Addresses.Length; index++)
            {
                queue.Addresses[index] = (ulong)random.NextInt64();
            }
        }
    }

    /// <summary>The rings and the commands; the buffers of frames may hold anything anyhow.</summary>
    public override void ScribbleOverMemory(Random random)
    {
        int[] rings = [0, 2, 4, 5];
        Span<byte> bytes = Memory.Live[rings[random.Next(rings.Length)]].Bytes;
        for (int count = random.Next(1, 8); count > 0; count--)
        {
            int offset = random.Next(bytes.Length);
            random.NextBytes(bytes.Slice(offset, Math.Min(random.Next(1, 9), bytes.Length - offset)));
        }
    }

    public override void TransmitPending()
    {
        List<ushort> done = [];
        while (IsWorking && done.Count < ModelQueue.LargestSize && _queues[1].TryTake(out ushort head))
        {
            List<QueueDescriptor> chain = _queues[1].ReadChain(head);
            byte[] bytes = Gather(chain);
            Complain(bytes.Length < NetworkHeader.Bytes || bytes.Take(NetworkHeader.Bytes).Any(value => value != 0), "a header that asks for something");
            Sent.Add(bytes.Length < NetworkHeader.Bytes ? bytes : bytes[NetworkHeader.Bytes..]);
            done.Add(head);
        }

        if (_isByTheStandard)
        {
            done.Reverse();
        }

        done.ForEach(head => _queues[1].Use(head, 0));
        Raise(done.Count != 0 ? VirtioInterrupt.Queue : VirtioInterrupt.None);
    }

    public void AnswerCommands()
    {
        while (IsWorking && _queues[ControlIndex].TryTake(out ushort head))
        {
            List<QueueDescriptor> chain = _queues[ControlIndex].ReadChain(head);
            byte[] request = Gather(chain);
            Commands++;
            if (chain.Count != 0 && (chain[^1].Flags & DescriptorFlags.Write) != 0)
            {
                Memory.TryWrite(chain[^1].Address, [_filter.TryObey(request) ? (byte)0 : (byte)1]);
            }

            _queues[ControlIndex].Use(head, 1);
            Raise(VirtioInterrupt.Queue);
        }
    }

    protected override uint ReadTruly(uint offsetBytes, uint widthBytes) => (offsetBytes & ~0xFFFu) switch
    {
        ConfigurationSpace.CommonOffset => ReadCommon((CommonRegister)offsetBytes),
        ConfigurationSpace.InterruptOffset => TakeInterrupt(),
        ConfigurationSpace.DeviceOffset => ReadDevice(offsetBytes & 0xFFF),
        _ => 0,
    };

    protected override void WriteTruly(uint offsetBytes, uint widthBytes, uint value)
    {
        if (offsetBytes >= ConfigurationSpace.NotifyOffset)
        {
            uint queue = (offsetBytes - ConfigurationSpace.NotifyOffset) / ConfigurationSpace.NotifyMultiplier;
            Complain(queue != value || widthBytes != sizeof(ushort), "a notification to another queue");
            Complain((_status & VirtioStatus.DriverOk) == 0, "a notification of a device that is not ready");
            Notify(queue);
        }
        else
        {
            WriteCommon((CommonRegister)offsetBytes, value);
        }
    }

    private static uint Natural(CommonRegister register, ModelQueue queue)
    {
        uint offset = (uint)register - (uint)CommonRegister.QueueDescriptors;
        return (uint)(queue.Addresses[offset / 8] >> (int)(8 * (offset % 8)));
    }

    private uint ReadCommon(CommonRegister register)
    {
        ModelQueue? queue = _selectedQueue < _queues.Length ? _queues[_selectedQueue] : null;
        switch (register)
        {
            case CommonRegister.DeviceFeature:
                return (uint)((ulong)Offered >> (_selects[0] == 0 ? 0 : 32));
            case CommonRegister.QueueCount:
                return (uint)_queues.Length;
            case CommonRegister.DeviceStatus:
                return _resetReadsLeft-- > 0 ? (uint)VirtioStatus.Driver : (uint)_status;
            case CommonRegister.ConfigurationGeneration:
                return _generation;
            case CommonRegister.QueueSize:
                return queue?.Size ?? 0u;
            case CommonRegister.QueueNotifyOffset:
                return _selectedQueue;
            default:
                return queue is not null && register >= CommonRegister.QueueDescriptors ? Natural(register, queue) : 0;
        }
    }

    private uint ReadDevice(uint offset) => (NetworkConfiguration)offset switch
    {
        < NetworkConfiguration.Status => (byte)(_address.Bits >> (int)(8 * offset)),
        NetworkConfiguration.Status => IsLinkUp ? 1u : 0u,
        NetworkConfiguration.MaximumQueuePairs => Pairs,
        NetworkConfiguration.Speed => 10_000,
        NetworkConfiguration.Duplex => 1,
        _ => 0,
    };

    private uint TakeInterrupt()
    {
        uint interrupt = (uint)_interrupt;
        _interrupt = VirtioInterrupt.None;
        return interrupt;
    }

    private void WriteCommon(CommonRegister register, uint value)
    {
        switch (register)
        {
            case CommonRegister.DeviceFeatureSelect:
                _selects[0] = value;
                break;
            case CommonRegister.DriverFeatureSelect:
                _selects[1] = value;
                break;
            case CommonRegister.DriverFeature:
                _driverFeatures[_selects[1] & 1] = value;
                break;
            case CommonRegister.DeviceStatus:
                SetStatus((VirtioStatus)value);
                break;
            case CommonRegister.QueueSelect:
                _selectedQueue = (ushort)value;
                break;
            default:
                WriteQueue(register, value);
                break;
        }
    }

    private void WriteQueue(CommonRegister register, uint value)
    {
        Complain(_selectedQueue >= _queues.Length, "a queue that does not exist");
        ModelQueue queue = _queues[Math.Min(_selectedQueue, _queues.Length - 1)];
        Complain(queue.IsEnabled || (_status & VirtioStatus.FeaturesOk) == 0, "a change of a queue in use, or too early");
        switch (register)
        {
            case CommonRegister.QueueSize:
                Complain(value > queue.Size, "a queue that is too long");
                queue.Size = (ushort)value;
                break;
            case CommonRegister.QueueEnable:
                queue.IsEnabled = value == 1;
                break;
            case >= CommonRegister.QueueDescriptors and < CommonRegister.QueueDescriptors + QueueRegisters:
                uint offset = (uint)register - (uint)CommonRegister.QueueDescriptors;
                int shift = (int)(8 * (offset % 8));
                queue.Addresses[offset / 8] = (queue.Addresses[offset / 8] & ~(0xFFFF_FFFFul << shift)) | ((ulong)value << shift);
                break;
            default:
                Complain(true, "a write to a register that is none");
                break;
        }
    }

    private void SetStatus(VirtioStatus status)
    {
        if (status == VirtioStatus.None)
        {
            Reset();
            return;
        }

        Complain((status & _status) != (_status & ~VirtioStatus.DeviceNeedsReset), "a bit of the status that is cleared");
        bool areFeaturesFine = (Accepted & ~Offered) == 0 && !RefusesFeatures;
        _status = areFeaturesFine ? status : status & ~VirtioStatus.FeaturesOk;
        if (IsWorking)
        {
            foreach (ModelQueue queue in _queues.Where(queue => queue.IsEnabled))
            {
                queue.NeedsNoNotification = NeedsNoNotification;
            }

            Flush();
        }
    }

    private void Reset()
    {
        _status = VirtioStatus.None;
        _interrupt = VirtioInterrupt.None;
        Array.Clear(_driverFeatures);
        _filter = new ModelFilter(_address) { MaximumGroups = _filter.MaximumGroups };
        _queues = [.. Enumerable.Range(0, (2 * Pairs) + 1).Select(_ => new ModelQueue(Memory) { Size = QueueSize })];
        _resetReadsLeft = _isByTheStandard ? ReadsOfAReset : 0;
    }

    private void Notify(uint queue)
    {
        Notifications++;
        if (queue == ControlIndex && !AnswersLater)
        {
            AnswerCommands();
        }
        else if (queue == 0)
        {
            Flush();
        }
        else if (queue == 1 && !TransmitsLater)
        {
            TransmitPending();
        }
    }

    private bool TryReceive(byte[] frame)
    {
        if (!_queues[0].TryTake(out ushort head))
        {
            return false;
        }

        List<QueueDescriptor> chain = _queues[0].ReadChain(head);
        byte[] bytes = [.. new byte[NetworkHeader.Bytes - 2], 1, 0, .. frame];
        bool fits = chain.Count == 1 && chain[0].Length >= bytes.Length && (chain[0].Flags & DescriptorFlags.Write) != 0;
        Complain(!fits && ReadFilter is null, "a buffer that holds no frame");
        if (fits)
        {
            Memory.TryWrite(chain[0].Address, bytes);
        }

        _queues[0].Use(head, (uint)bytes.Length);
        Raise(VirtioInterrupt.Queue);
        return true;
    }

    private byte[] Gather(List<QueueDescriptor> chain)
    {
        List<byte> bytes = [];
        foreach (QueueDescriptor descriptor in chain.Where(part => (part.Flags & DescriptorFlags.Write) == 0))
        {
            byte[] part = new byte[Math.Min(descriptor.Length, 4096)];
            Memory.TryRead(descriptor.Address, part);
            bytes.AddRange(part);
        }

        return [.. bytes];
    }

    private void Complain(bool isBad, string complaint)
    {
        if (isBad)
        {
            Complaints.Add(complaint);
        }
    }
}
