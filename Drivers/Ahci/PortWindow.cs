using NooksOS.Contracts;

namespace NooksOS.Drivers.Ahci;

/// <summary>The registers of one port.</summary>
internal sealed class PortWindow(RegisterWindow window, uint port)
{
    private readonly uint _base = HbaRegisters.FirstPort + (port * HbaRegisters.PortStride);

    /// <summary>Its number.</summary>
    public uint Port => port;

    /// <summary>PxCMD.</summary>
    public PortCommand Command
    {
        get => (PortCommand)Read(PortRegister.Command);
        set => Write(PortRegister.Command, (uint)value);
    }

    /// <summary>Whether there is a device, and the link to it is up.</summary>
    public bool IsDevicePresent
        => (Read(PortRegister.SataStatus) & PortValues.DetectionMask) == PortValues.DetectionPresent;

    /// <summary>Whether the device is ready for a command.</summary>
    public bool IsDeviceReady
        => (Read(PortRegister.TaskFile) & (PortValues.StatusBusy | PortValues.StatusDataRequest)) == 0;

    /// <summary>Whether the device says that the last command has failed.</summary>
    public bool HasDeviceFailed
        => (Read(PortRegister.TaskFile) & (PortValues.StatusError | PortValues.StatusDeviceFault)) != 0;

    /// <summary>Reads a register.</summary>
    public uint Read(PortRegister register) => window.Read32(_base + (uint)register);

    /// <summary>Writes a register.</summary>
    public void Write(PortRegister register, uint value) => window.Write32(_base + (uint)register, value);

    /// <summary>Writes an address into a register and the one behind it.</summary>
    public void WriteAddress(PortRegister register, ulong address)
    {
        Write(register, (uint)address);
        Write(register + sizeof(uint), (uint)(address >> 32));
    }

    /// <summary>Clears what the port and its link have to say.</summary>
    public void ClearErrors()
    {
        Write(PortRegister.SataError, uint.MaxValue);
        Write(PortRegister.InterruptStatus, uint.MaxValue);
    }
}
