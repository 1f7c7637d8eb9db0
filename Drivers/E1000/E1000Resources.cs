using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.E1000;

/// <summary>What the driver asks the kernel for: one device, its registers, and memory that it shares with it.</summary>
internal sealed class E1000Resources
{
    private const uint RegisterBar = 0;

    // The last register that the driver uses; the device itself has 128 KiB.
    private const uint RegisterWindowBytes = (uint)E1000Register.ManagementControl + sizeof(uint);

    private static readonly PciIdentity[] s_identities =
    [
        new(0x8086, 0x100E), // 82540EM: QEMU's e1000.
        new(0x8086, 0x100F), // 82545EM: QEMU's e1000-82545em, and VMware's adapter.
    ];

    private E1000Resources(IDeviceResources device, RegisterWindow registers)
    {
        Device = device;
        Registers = registers;
        ReceiveDescriptors = device.AllocateDmaBuffer(ReceiveRing.DescriptorBytes, ReceiveRing.DescriptorAlignmentBytes);
        ReceiveBuffers = device.AllocateDmaBuffer(ReceiveRing.SlotCount * ReceiveRing.BufferBytes, ReceiveRing.BufferBytes);
        TransmitDescriptors = device.AllocateDmaBuffer(TransmitRing.DescriptorBytes, TransmitRing.DescriptorAlignmentBytes);
        TransmitBuffers = device.AllocateDmaBuffer(TransmitRing.SlotCount * TransmitRing.BufferBytes, TransmitRing.BufferBytes);
    }

    /// <summary>The devices that the driver knows.</summary>
    public static ReadOnlySpan<PciIdentity> Identities => s_identities;

    public IDeviceResources Device { get; }

    public RegisterWindow Registers { get; }

    public DmaBuffer ReceiveDescriptors { get; }

    public DmaBuffer ReceiveBuffers { get; }

    public DmaBuffer TransmitDescriptors { get; }

    public DmaBuffer TransmitBuffers { get; }

    /// <summary>Claims the first device there is. Not found if there is none, failed if it or the kernel does not play along.</summary>
    public static CallStatus TryClaim(IExtensionServices services, out E1000Resources? resources)
    {
        resources = null;
        IDeviceResources? device = services.ClaimDevice(Identities);
        if (device is null)
        {
            return CallStatus.NotFound;
        }

        try
        {
            RegisterWindow registers = device.MapRegisterWindow(RegisterBar);
            if (registers.LengthBytes < RegisterWindowBytes)
            {
                return CallStatus.Failed;
            }

            // An earlier owner may have left the device with addresses that are no longer its own.
            device.SetBusMaster(false);
            resources = new E1000Resources(device, registers);
            return CallStatus.Ok;
        }
        catch (InvalidOperationException refusal)
        {
            services.Log(refusal.Message);
            return CallStatus.Failed;
        }
    }

    /// <summary>Opens the interrupt line.</summary>
    public bool TryOpenInterruptLine(IExtensionServices services)
    {
        try
        {
            Device.OpenInterruptLine();
            return true;
        }
        catch (InvalidOperationException refusal)
        {
            services.Log(refusal.Message);
            return false;
        }
    }
}
