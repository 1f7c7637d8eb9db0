using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Virtio;

/// <summary>
/// The registers that every virtio device on PCI has (virtio 1.2 §4.1.4), and the sequences that the standard prescribes for
/// them (§3.1.1, §4.1.5). Believes nothing that it reads.
/// </summary>
public sealed class VirtioTransport
{
    /// <summary>The state of a device that works.</summary>
    public const VirtioStatus Working =
        VirtioStatus.Acknowledge | VirtioStatus.Driver | VirtioStatus.FeaturesOk | VirtioStatus.DriverOk;

    // Up to queue_device.
    private const uint CommonBytes = 0x38;
    private const int ReadsPerLookAtTheClock = 32;
    private const long ResetNanoseconds = 20_000_000;
    private const int ConfigurationReads = 8;

    // What reads as this is not there.
    private const VirtioStatus NoDevice = (VirtioStatus)byte.MaxValue;

    private readonly IExtensionServices _services;
    private readonly RegisterRegion _common;
    private readonly RegisterRegion _notification;
    private readonly uint _notifyMultiplier;
    private readonly RegisterRegion _interruptStatus;
    private readonly Func<VirtioFeatures, VirtioFeatures> _choose;
    private VirtioFeatures _firstFeatures;

    private VirtioTransport(
        IExtensionServices services,
        Func<VirtioFeatures, VirtioFeatures> choose,
        RegisterRegion common,
        RegisterRegion notification,
        uint notifyMultiplier,
        RegisterRegion interruptStatus,
        RegisterRegion device)
    {
        _services = services;
        _choose = choose;
        _common = common;
        _notification = notification;
        _notifyMultiplier = notifyMultiplier;
        _interruptStatus = interruptStatus;
        Device = device;
    }

    /// <summary>The device's own configuration.</summary>
    public RegisterRegion Device { get; }

    /// <summary>The features that were agreed on with the last reset.</summary>
    public VirtioFeatures Features { get; private set; }

    /// <summary>The device's state; every bit, if there is no device.</summary>
    public VirtioStatus Status
    {
        get => (VirtioStatus)_common.Read8((uint)CommonRegister.DeviceStatus);
        set => _common.Write8((uint)CommonRegister.DeviceStatus, (byte)value);
    }

    /// <summary>Queues that the device has.</summary>
    public uint QueueCount => _common.Read16((uint)CommonRegister.QueueCount);

    /// <summary>
    /// Maps the structures that the device's capabilities speak of. Null if one of them is missing or cannot be where it is said
    /// to be; throws what <see cref="IDeviceResources"/> throws.
    /// </summary>
    /// <param name="services">The kernel.</param>
    /// <param name="device">The device, off the bus.</param>
    /// <param name="configurationBytes">The least that the device's own configuration must have.</param>
    /// <param name="choose">
    /// Says which of the features that are offered the driver accepts. None at all: it cannot drive such a device.
    /// </param>
    public static VirtioTransport? TryFind(
        IExtensionServices services,
        IDeviceResources device,
        uint configurationBytes,
        Func<VirtioFeatures, VirtioFeatures> choose)
    {
        if (!VirtioCapabilities.TryFind(device, VirtioStructure.Common, out VirtioCapability common)
            || !VirtioCapabilities.TryFind(device, VirtioStructure.Notification, out VirtioCapability notification)
            || !VirtioCapabilities.TryFind(device, VirtioStructure.InterruptStatus, out VirtioCapability interruptStatus)
            || !VirtioCapabilities.TryFind(device, VirtioStructure.Device, out VirtioCapability configuration))
        {
            return null;
        }

        RegisterWindow?[] windows = new RegisterWindow?[6];
        RegisterWindow Map(in VirtioCapability capability) => windows[capability.Bar] ??= device.MapRegisterWindow(capability.Bar);

        RegisterRegion? commonRegion = RegisterRegion.TryMake(Map(common), common, CommonBytes, sizeof(uint));
        RegisterRegion? notificationRegion = RegisterRegion.TryMake(Map(notification), notification, sizeof(ushort), sizeof(ushort));
        RegisterRegion? interruptRegion = RegisterRegion.TryMake(Map(interruptStatus), interruptStatus, sizeof(byte), sizeof(byte));
        RegisterRegion? deviceRegion = RegisterRegion.TryMake(
            Map(configuration), configuration, configurationBytes, sizeof(uint));
        return commonRegion is null || notificationRegion is null || interruptRegion is null || deviceRegion is null
            ? null
            : new VirtioTransport(
                services, choose, commonRegion, notificationRegion, notification.NotifyMultiplier, interruptRegion, deviceRegion);
    }

    /// <summary>
    /// Resets the device from any state and agrees on features, steps 1 to 6 of §3.1.1. It is then at rest. False if there is no
    /// device, or none that wants to work with us: one that offers other features than at first is another device.
    /// </summary>
    public bool TryReset()
    {
        if (!TryRest())
        {
            return false;
        }

        Status = VirtioStatus.Acknowledge;
        Status = VirtioStatus.Acknowledge | VirtioStatus.Driver;
        VirtioFeatures offered = ReadFeatures();
        Features = _choose(offered) & offered;
        if ((Features & VirtioFeatures.Version1) == 0)
        {
            Status = VirtioStatus.Failed;
            return false;
        }

        _firstFeatures = _firstFeatures == VirtioFeatures.None ? Features : _firstFeatures;
        WriteFeatures(Features);
        Status = VirtioStatus.Acknowledge | VirtioStatus.Driver | VirtioStatus.FeaturesOk;
        return (Status & (VirtioStatus.FeaturesOk | VirtioStatus.DeviceNeedsReset)) == VirtioStatus.FeaturesOk
            && Features == _firstFeatures;
    }

    /// <summary>Whether a feature was agreed on.</summary>
    public bool Has(VirtioFeatures feature) => (Features & feature) == feature;

    /// <summary>Resets the device and leaves it so. False if it does not say that it is done (§4.1.4.3.2).</summary>
    public bool TryRest()
    {
        Status = VirtioStatus.None;
        long end = _services.MonotonicNanoseconds + ResetNanoseconds;
        do
        {
            // Asking for the time is a call to the kernel.
            for (int read = 0; read < ReadsPerLookAtTheClock; read++)
            {
                VirtioStatus status = Status;
                if (status is VirtioStatus.None or NoDevice)
                {
                    return status == VirtioStatus.None;
                }
            }
        }
        while (_services.MonotonicNanoseconds < end);

        return false;
    }

    /// <summary>Lets the device work, step 8. False if it gives up at once.</summary>
    public bool TryStart()
    {
        Status = Working;
        return Status == Working;
    }

    /// <summary>The largest size of a queue that the device supports, only right after a reset; 0 if there is no such queue.</summary>
    public uint ReadQueueSize(uint index)
    {
        _common.Write16((uint)CommonRegister.QueueSelect, (ushort)index);
        return _common.Read16((uint)CommonRegister.QueueSize);
    }

    /// <summary>Tells the device of a queue that is empty (§4.1.5.1.3). False if the device cannot have it like that.</summary>
    public bool TryEnableQueue(SplitQueue queue)
    {
        uint largest = ReadQueueSize(queue.Index);
        ulong notifyOffset = (ulong)_common.Read16((uint)CommonRegister.QueueNotifyOffset) * _notifyMultiplier;
        if (largest < queue.Size || notifyOffset > _notification.LengthBytes - sizeof(ushort) || notifyOffset % sizeof(ushort) != 0)
        {
            return false;
        }

        queue.NotifyOffset = (uint)notifyOffset;
        queue.HasEventIndex = Has(VirtioFeatures.EventIndex);
        _common.Write16((uint)CommonRegister.QueueSize, queue.Size);
        Write64(CommonRegister.QueueDescriptors, queue.DescriptorsAddress);
        Write64(CommonRegister.QueueDriver, queue.AvailableAddress);
        Write64(CommonRegister.QueueDevice, queue.UsedAddress);
        _common.Write16((uint)CommonRegister.QueueEnable, 1);
        return true;
    }

    /// <summary>Makes the buffers that were offered since the last time the device's, and tells it of them if it wants to know.</summary>
    public void Publish(SplitQueue queue)
    {
        if (queue.TryPublish())
        {
            _notification.Write16(queue.NotifyOffset, queue.Index);
        }
    }

    /// <summary>Reads why the device asserts its line, and makes it deassert it.</summary>
    public VirtioInterrupt TakeInterrupt() => (VirtioInterrupt)_interruptStatus.Read8(0);

    /// <summary>
    /// Reads something from the device's configuration that is read in several pieces (§2.5.1): it is read again if it changed
    /// meanwhile, though not for ever.
    /// </summary>
    public ulong ReadWhole(Func<RegisterRegion, ulong> read)
    {
        ulong value = 0;
        for (int attempt = 0; attempt < ConfigurationReads; attempt++)
        {
            byte before = _common.Read8((uint)CommonRegister.ConfigurationGeneration);
            value = read(Device);
            if (_common.Read8((uint)CommonRegister.ConfigurationGeneration) == before)
            {
                break;
            }
        }

        return value;
    }

    private VirtioFeatures ReadFeatures()
    {
        _common.Write32((uint)CommonRegister.DeviceFeatureSelect, 0);
        ulong low = _common.Read32((uint)CommonRegister.DeviceFeature);
        _common.Write32((uint)CommonRegister.DeviceFeatureSelect, 1);
        return (VirtioFeatures)(low | ((ulong)_common.Read32((uint)CommonRegister.DeviceFeature) << 32));
    }

    private void WriteFeatures(VirtioFeatures features)
    {
        _common.Write32((uint)CommonRegister.DriverFeatureSelect, 0);
        _common.Write32((uint)CommonRegister.DriverFeature, (uint)features);
        _common.Write32((uint)CommonRegister.DriverFeatureSelect, 1);
        _common.Write32((uint)CommonRegister.DriverFeature, (uint)((ulong)features >> 32));
    }

    // §4.1.3.1: the halves of 64-bit fields are accessed one by one.
    private void Write64(CommonRegister register, ulong value)
    {
        _common.Write32((uint)register, (uint)value);
        _common.Write32((uint)register + sizeof(uint), (uint)(value >> 32));
    }
}
