using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Kernel.Bus.Isa;
using NooksOS.ObjectTracker;
using NooksOS.Tests.Units.NetworkDrivers;

namespace NooksOS.Tests.Units.Sound;

/// <summary>The kernel as one instance of a sound driver sees it.</summary>
internal sealed class SoundKernel(SoundRig rig, HandleTable objects, ISoundDeviceHost host)
    : IExtensionServices, IDeviceResources, ILegacyDeviceResources
{
    /// <summary>The DMA channel of the card.</summary>
    public const uint Channel = 5;

    public List<string> Lines { get; } = [];

    public HandleTable Objects => objects;

    public ISoundDeviceHost SoundDevices => host;

    public INetworkDeviceHost NetworkDevices => throw new NotSupportedException();

    public INetworkStackHost NetworkStacks => throw new NotSupportedException();

    public IStateStore State => throw new NotSupportedException();

    public ISynchronizationServices Synchronization => throw new NotSupportedException();

    public IRecoveryServices Recovery => throw new NotSupportedException();

    public ISocketServices Sockets => throw new NotSupportedException();

    public ITransportHost Transport => throw new NotSupportedException();

    public ISystemView SystemView => throw new NotSupportedException();

    public ISystemControl SystemControl => throw new NotSupportedException();

    public IBlockDeviceHost BlockDevices => throw new NotSupportedException();

    public IFileSystemHost FileSystems => throw new NotSupportedException();

    public IFileServices Files => throw new NotSupportedException();

    public IProcessServices Process => throw new NotSupportedException();

    public ISoundServices Sound => throw new NotSupportedException();

    public long MonotonicNanoseconds => rig.Look();

    public PciIdentity Identity => rig.Identity;

    public IBlockVolume? OpenVolume(uint volume) => null;

    public IConnectionMemory? OpenConnectionMemory() => null;

    public ulong NextRandom() => 4;

    public void Log(string text) => Lines.Add(text);

    public IDeviceResources? ClaimDevice(ReadOnlySpan<PciIdentity> identities) => identities.Contains(Identity) ? this : null;

    public ILegacyDeviceResources? ClaimLegacyDevice(LegacyDeviceKind kind) => kind == LegacyDeviceKind.SoundBlaster16 ? this : null;

    public uint ReadConfiguration(uint offsetBytes, uint widthBytes) => throw new NotSupportedException();

    public RegisterWindow MapRegisterWindow(uint barIndex) => throw new NotSupportedException();

    public PortWindow OpenPorts(uint barIndex) => rig.Card;

    public PortWindow OpenPorts() => rig.Card;

    public DmaBuffer AllocateDmaBuffer(uint lengthBytes, uint alignmentBytes) => rig.Memory.Allocate(lengthBytes, alignmentBytes);

    public void OpenInterruptLine()
    {
        if (rig.Card.IsLineAsserted)
        {
            rig.Card.Complaints.Add("its line is opened while it is asserted");
        }
    }

    public void SetBusMaster(bool enabled) => rig.Memory.IsBusMaster = enabled;

    public DmaChannel OpenDmaChannel(uint index, uint bufferBytes)
        => new ModelChannel(rig, rig.Memory.Allocate(bufferBytes, IsaDmaMemory.LengthBytes));

    private sealed class ModelChannel(SoundRig rig, FakeDmaBuffer buffer) : DmaChannel
    {
        public override Handle<TrackedObjects.DmaChannel> Handle => new(1, 1);

        public override DmaBuffer Buffer => buffer;

        public override void Rewind()
        {
            rig.Card.CountWrite();
            rig.Controller.Program(Channel, buffer.DeviceAddress, (uint)buffer.Bytes.Length);
        }

        public override void Start()
        {
            rig.Card.CountWrite();
            rig.Controller.Unmask(Channel);
        }

        public override uint Stop()
        {
            rig.Card.CountWrite();
            return rig.Controller.Stop(Channel);
        }

        public override uint ReadPositionBytes() => rig.Controller.GetPosition(Channel);
    }
}
