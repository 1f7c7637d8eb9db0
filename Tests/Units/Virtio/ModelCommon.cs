using System;
using System.Linq;
using NooksOS.Drivers.Virtio;
using NooksOS.Tests.Units.NetworkDrivers;

namespace NooksOS.Tests.Units.Virtio;

/// <summary>
/// What devices of all kinds have: state, features and queues (virtio 1.2 §4.1.4.3), an interrupt, and what a driver must not do to
/// them.
/// </summary>
internal sealed class ModelCommon(FakeMemory memory, Action<bool, string> complain)
{
    private const int QueueRegisters = 0x18;

    private readonly uint[] _selects = new uint[2];
    private readonly uint[] _driverFeatures = new uint[2];
    private ushort _selectedQueue;
    private int _resetReadsLeft;

    public VirtioFeatures Offered { get; set; }

    public VirtioFeatures Accepted => (VirtioFeatures)(_driverFeatures[0] | ((ulong)_driverFeatures[1] << 32));

    public bool RefusesFeatures { get; set; }

    public VirtioStatus Status { get; set; }

    public byte Generation { get; set; }

    /// <summary>Why the line is asserted, if it is.</summary>
    public VirtioInterrupt Interrupt { get; set; }

    public ModelQueue[] Queues { get; private set; } = [];

    public bool IsReadyForTheBus =>
        (Status & VirtioStatus.DriverOk) == 0 && Queues.All(queue => !queue.IsEnabled || queue.IsLive);

    public bool IsWorking =>
        (Status & (VirtioStatus.DriverOk | VirtioStatus.DeviceNeedsReset)) == VirtioStatus.DriverOk && memory.IsBusMaster;

    /// <summary>Called when the driver resets the device, and when it changes its state otherwise.</summary>
    public Action OnReset { get; set; } = () => { };

    public Action OnStatus { get; set; } = () => { };

    public void Reset(int queueCount, ushort queueSize, int readsOfTheReset)
    {
        Status = VirtioStatus.None;
        Interrupt = VirtioInterrupt.None;
        Array.Clear(_driverFeatures);
        Queues = [.. Enumerable.Range(0, queueCount).Select(_ => new ModelQueue(memory) { Size = queueSize })];
        _resetReadsLeft = readsOfTheReset;
    }

    public void Scramble(Random random)
    {
        Interrupt = (VirtioInterrupt)random.Next(256);
        Status = (VirtioStatus)random.Next(256);
        _selectedQueue = (ushort)random.Next(65536);
        _driverFeatures[0] = (uint)random.NextInt64();
        _driverFeatures[1] = (uint)random.NextInt64();
        foreach (ModelQueue queue in Queues)
        {
            queue.Scramble(random);
        }
    }

    public void Raise(VirtioInterrupt interrupt) => Interrupt |= Status.HasFlag(VirtioStatus.DriverOk) ? interrupt : 0;

    /// <summary>The register of the interrupt status, which is clear when it was read.</summary>
    public uint TakeInterrupt()
    {
        uint interrupt = (uint)Interrupt;
        Interrupt = VirtioInterrupt.None;
        return interrupt;
    }

    /// <summary>Gives up, as a device does whose driver has done something impossible.</summary>
    public void GiveUp()
    {
        Status |= VirtioStatus.DeviceNeedsReset;
        Interrupt |= VirtioInterrupt.Configuration;
    }

    /// <summary>Which queue the driver says that it has put something into.</summary>
    public uint TakeNotification(uint offsetBytes, uint widthBytes, uint value)
    {
        uint queue = (offsetBytes - ConfigurationSpace.NotifyOffset) / ConfigurationSpace.NotifyMultiplier;
        complain(queue != value || widthBytes != sizeof(ushort), "a notification to another queue");
        complain((Status & VirtioStatus.DriverOk) == 0, "a notification of a device that is not ready");
        return queue;
    }

    public uint Read(CommonRegister register)
    {
        ModelQueue? queue = _selectedQueue < Queues.Length ? Queues[_selectedQueue] : null;
        switch (register)
        {
            case CommonRegister.DeviceFeature:
                return (uint)((ulong)Offered >> (_selects[0] == 0 ? 0 : 32));
            case CommonRegister.QueueCount:
                return (uint)Queues.Length;
            case CommonRegister.DeviceStatus:
                return _resetReadsLeft-- > 0 ? (uint)VirtioStatus.Driver : (uint)Status;
            case CommonRegister.ConfigurationGeneration:
                return Generation;
            case CommonRegister.QueueSize:
                return queue?.Size ?? 0u;
            case CommonRegister.QueueNotifyOffset:
                return _selectedQueue;
            default:
                return queue is not null && register >= CommonRegister.QueueDescriptors ? Natural(register, queue) : 0;
        }
    }

    public void Write(CommonRegister register, uint value)
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

    private static uint Natural(CommonRegister register, ModelQueue queue)
    {
        uint offset = (uint)register - (uint)CommonRegister.QueueDescriptors;
        return (uint)(queue.Addresses[offset / 8] >> (int)(8 * (offset % 8)));
    }

    private void SetStatus(VirtioStatus status)
    {
        if (status == VirtioStatus.None)
        {
            OnReset();
            return;
        }

        complain((status & Status) != (Status & ~VirtioStatus.DeviceNeedsReset), "a bit of the status that is cleared");
        bool areFeaturesFine = (Accepted & ~Offered) == 0 && !RefusesFeatures;
        Status = areFeaturesFine ? status : status & ~VirtioStatus.FeaturesOk;
        foreach (ModelQueue queue in Queues.Where(queue => IsWorking && queue.IsEnabled))
        {
            queue.HasEventIndex = (Accepted & VirtioFeatures.EventIndex) != 0;
        }

        OnStatus();
    }

    private void WriteQueue(CommonRegister register, uint value)
    {
        complain(_selectedQueue >= Queues.Length, "a queue that does not exist");
        ModelQueue queue = Queues[Math.Min(_selectedQueue, Queues.Length - 1)];
        complain(queue.IsEnabled || (Status & VirtioStatus.FeaturesOk) == 0, "a change of a queue in use, or too early");
        switch (register)
        {
            case CommonRegister.QueueSize:
                complain(value > queue.Size, "a queue that is too long");
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
                complain(true, "a write to a register that is none");
                break;
        }
    }
}
