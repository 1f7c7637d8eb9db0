using NooksOS.Contracts;

namespace NooksOS.Drivers.Intel8254x;

/// <summary>What the drivers of all families begin with.</summary>
public abstract class IntelDriver : NetworkDriver
{
    private const uint RegisterBar = 0;

    // The last register that a driver uses; a device has 128 KiB of them.
    private const uint RegisterWindowBytes = (uint)IntelRegister.ManagementControl + sizeof(uint);

    /// <inheritdoc/>
    protected sealed override NetworkController? Attach(IExtensionServices services, IDeviceResources device)
    {
        RegisterWindow registers = device.MapRegisterWindow(RegisterBar);
        return registers.LengthBytes < RegisterWindowBytes
            ? null
            : new IntelController(MakeHardware(registers, services), new IntelReceiveRing(device), new IntelTransmitRing(device));
    }

    /// <summary>Makes what is particular to the family.</summary>
    private protected abstract IntelHardware MakeHardware(RegisterWindow registers, IExtensionServices services);
}
