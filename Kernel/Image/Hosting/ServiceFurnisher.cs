using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.Kernel.Bus.Remapping;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery;
using NooksOS.Recovery.Commands;
using NooksOS.Recovery.Shadows;
using NooksOS.Storage;
using NooksOS.Wrappers;

namespace NooksOS.Image.Hosting;

/// <summary>Gives every fresh instance the services that it may call, each made for this instance alone.</summary>
internal sealed class ServiceFurnisher(
    StateStore store, NetworkDeviceShadow networkDevice, ExchangeMemory driverMemory, ExchangeMemory stackMemory, SocketShadow sockets,
    ConnectionBlocks connections, RecoveryServices recovery, BlockShadow blocks, DiskRegistry disks, SoundDeviceShadow sound, FileShadow files,
    CommandRegistry commands, ISystemControl control)
{
    private enum Contract : ushort
    {
        Runtime = 1,
        State = 3,
        Devices = 4,
        NetworkDeviceHost = 7,
        NetworkStackHost = 9,
        Synchronization = 10,
        Recovery = 12,
        Sockets = 13,
        TransportHost = 15,
        SystemView = 20,
        SystemControl = 21,
        BlockDeviceHost = 25,
        BlockServices = 26,
        FileSystemHost = 28,
        Files = 29,
        SoundDeviceHost = 31,
        Sound = 32,
        Process = 50,
        LegacyDevices = 51,
    }

    /// <summary>Furnishes an instance that was loaded and not entered yet.</summary>
    public void Furnish(HostedDomain place, HostedInstance furnished)
    {
        Domain instance = furnished.Domain;
        Offer(instance, Contract.Runtime, new RuntimeServices(instance));
        Offer(instance, Contract.State, store.For(place.ExtensionName));
        Offer(instance, Contract.Synchronization, new SynchronizationServices(instance));
        Offer(instance, Contract.Sockets, new SocketServices(sockets, place.Id, place.ExtensionName, instance.Objects));
        Offer(instance, Contract.Sound, new SoundServices(sound, place.ExtensionName, instance.Objects));
        ImageIdentities named = ImageFiles.ReadIdentities(place.ExtensionName);
        if (!named.IsBelowFiles)
        {
            Offer(instance, Contract.Files, new FileServices(files, instance.Objects));
        }

        if (place.IsProcess)
        {
            Offer(instance, Contract.Recovery, recovery);
            return;
        }

        DeviceServices devices = new(instance, device => MayDrive(place, device));
        Offer(instance, Contract.Devices, devices);
        Offer(
            instance,
            Contract.LegacyDevices,
            new LegacyDeviceServices(instance, device => ImageFiles.ReadIdentities(place.ExtensionName).Names(device)));
        instance.InterruptServer = new ServedInterrupts(place.Id, networkDevice, blocks).TryTake;
        OfferPlaces(place, furnished, devices, named);
    }

    /// <summary>Furnishes a process that was loaded and not entered yet.</summary>
    public void FurnishProcess(Domain instance, string name, IProcessServices process)
    {
        Offer(instance, Contract.Runtime, new RuntimeServices(instance));
        Offer(instance, Contract.Synchronization, new SynchronizationServices(instance));
        Offer(instance, Contract.Sockets, new SocketServices(sockets, instance.DomainId, name, instance.Objects));
        Offer(instance, Contract.Files, new FileServices(files, instance.Objects));
        Offer(instance, Contract.Sound, new SoundServices(sound, name, instance.Objects));
        Offer(instance, Contract.Process, process);
    }

    // What others rely on, nobody becomes by being the first to say that he is: it is named where the image is made.
    private void OfferPlaces(HostedDomain place, HostedInstance furnished, DeviceServices devices, ImageIdentities named)
    {
        Domain instance = furnished.Domain;
        DomainChannel channel = furnished.Channel;
        if (named.NamesPlace(ImagePlaces.Console))
        {
            Offer(instance, Contract.SystemView, new SystemViewService(commands));
            Offer(instance, Contract.SystemControl, control);
        }

        if (named.NamesPlace(ImagePlaces.SoundDevice))
        {
            Offer(
                instance,
                Contract.SoundDeviceHost,
                new SoundDeviceHostService(
                    sound, place.Id, new SoundDeviceProxy(channel), new PlaybackStops(instance), instance.Objects));
        }

        if (named.NamesPlace(ImagePlaces.NetworkDevice))
        {
            Offer(
                instance,
                Contract.NetworkDeviceHost,
                new NetworkDeviceHostService(
                    networkDevice, place.Id, new NetworkDeviceProxy(channel), driverMemory.ViewOf(instance, channel), instance.Objects,
                    () => devices.BusGrants));
        }

        if (named.NamesPlace(ImagePlaces.BlockDevice))
        {
            Offer(
                instance,
                Contract.BlockDeviceHost,
                new BlockDeviceHostService(
                    blocks, place.Id, new BlockDeviceProxy(channel), instance.Objects, DmaRemapping.IsEnabled ? new TransferReach(instance) : null));
        }

        if (named.NamesPlace(ImagePlaces.FileSystem))
        {
            BlockServices volumes = new(disks, place.ExtensionName, instance.Objects);
            Offer(instance, Contract.BlockServices, volumes);
            Offer(
                instance,
                Contract.FileSystemHost,
                new FileSystemHostService(files, place.Id, new FileSystemProxy(channel), volumes.FindMounted, instance.Objects));
        }

        if (named.NamesPlace(ImagePlaces.NetworkStack))
        {
            furnished.NetworkStack = new NetworkStackProxy(channel);
            Offer(
                instance,
                Contract.NetworkStackHost,
                new NetworkStackHostService(
                    networkDevice, place.Id, furnished.NetworkStack, stackMemory.ViewOf(instance, channel), instance.Objects));
            Offer(
                instance,
                Contract.TransportHost,
                new TransportHostService(
                    sockets, place.Id, new TransportProxy(channel), connections.ViewOf(instance), instance.Objects));
        }
    }

    private static bool MayDrive(HostedDomain place, PciDevice device)
    {
        bool isNamed = ImageFiles.ReadIdentities(place.ExtensionName).Names(device);
        if (!isNamed)
        {
            Log.Write($"{place.ExtensionName}: claims {device.VendorId:x4}:{device.DeviceId:x4}, which its project does not name");
        }

        return isNamed;
    }

    private static void Offer(Domain instance, Contract contract, object service) => instance.SetService((ushort)contract, service);
}
