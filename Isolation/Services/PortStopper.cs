using NooksOS.Contracts;
using NooksOS.Kernel.Cpu;

namespace NooksOS.Isolation;

/// <summary>
/// Stops a device of a dead domain through its ports, as its driver said when it still lived, and reads its position. It reaches
/// nothing that the domain could not reach itself.
/// </summary>
public sealed class PortStopper
{
    private readonly OpenPorts _ports;
    private readonly PortStop _stop;

    private PortStopper(OpenPorts ports, PortStop stop)
    {
        _ports = ports;
        _stop = stop;
    }

    /// <summary>Makes it of a range that the domain holds. Null if the handle is bad, or a register is not inside.</summary>
    public static PortStopper? TryMake(Domain domain, Handle<TrackedObjects.PortRange> ports, PortStop stop)
        => domain.Objects.TryResolve(ports, out OpenPorts range)
            && range.TryGetPort(stop.ControlOffset, sizeof(uint), out _)
            && range.TryGetPort(stop.SelectOffset, sizeof(uint), out _)
            && range.TryGetPort(stop.PositionOffset, sizeof(uint), out _)
            && stop.PositionShift < 32
            ? new PortStopper(range, stop)
            : null;

    /// <summary>Stops the device and returns its position.</summary>
    public uint StopAndRead()
    {
        // First it stands still, then it is looked at.
        Write(_stop.ControlOffset, Read(_stop.ControlOffset) & ~_stop.RunMask);
        Write(_stop.SelectOffset, _stop.SelectValue);
        return (Read(_stop.PositionOffset) >> (int)_stop.PositionShift) & _stop.PositionMask;
    }

    private uint Read(uint offset) => _ports.TryGetPort(offset, sizeof(uint), out ushort port) ? PortIo.Read32(port) : 0;

    private void Write(uint offset, uint value)
    {
        if (_ports.TryGetPort(offset, sizeof(uint), out ushort port))
        {
            PortIo.Write32(port, value);
        }
    }
}
