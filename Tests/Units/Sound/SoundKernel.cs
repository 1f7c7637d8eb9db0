using System;
using NooksOS.Contracts;
using NooksOS.Kernel.Bus.Isa;
using NooksOS.Tests.Units.NetworkDrivers;

namespace NooksOS.Tests.Units.Sound;

/// <summary>The kernel as one instance of a sound driver sees it.</summary>
internal sealed class SoundKernel(SoundRig rig, ISoundDeviceHost host)
    : RefusedServices, IDeviceResources, ILegacyDeviceResources
{
    /// <summary>The DMA channel of the card.</summary>
    public const uint Channel = 5;

    public override ISoundDeviceHost SoundDevices => host;

    public override long MonotonicNanoseconds => rig.Look();

    public PciIdentity Identity => rig.Identity;

    public override IDeviceResources? ClaimDevice(ReadOnlySpan<PciIdentity> identities) => identities.Contains(Identity) ? this : null;

    public override ILegacyDeviceResources? ClaimLegacyDevice(LegacyDeviceKind kind) => kind == LegacyDeviceKind.SoundBlaster16 ? this : null;

    public uint ReadConfiguration(uint offsetBytes, uint widthBytes) => throw new NotSupportedException();

    public RegisterWindow MapRegisterWindow(uint barIndex) => throw new NotSupportedException();

    public PortWindow OpenPorts(uint barIndex) => rig.Card;

    public PortWindow OpenPorts() => rig.Card;

    public DmaBuffer AllocateDmaBuffer(uint lengthBytes, uint alignmentBytes) => rig.Allocate(lengthBytes, alignmentBytes);

    public void OpenInterruptLine()
    {
        if (rig.Card.IsLineAsserted)
        {
            rig.Card.Complaints.Add("its line is opened while it is asserted");
        }
    }

    public void SetBusMaster(bool enabled) => rig.Memory.IsBusMaster = enabled;

    public DmaChannel OpenDmaChannel(uint index, uint bufferBytes)
        => new ModelChannel(rig, rig.Allocate(bufferBytes, IsaDmaMemory.LengthBytes));

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

        public override uint ReadPositionBytes()
        {
            uint position = rig.Controller.GetPosition(Channel);
            rig.Card.Accessed();
            return position;
        }
    }
}
