using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>A range of I/O ports that a domain may use through the kernel.</summary>
internal sealed class OpenPorts(ushort firstPort, uint lengthPorts) : TrackedObject(TrackedKind.PortRange)
{
    private readonly ushort _firstPort = firstPort;
    private readonly uint _lengthPorts = lengthPorts;

    public override string Description => $"ports 0x{_firstPort:x}..0x{_firstPort + _lengthPorts - 1:x}";

    public bool TryGetPort(uint offset, uint widthBytes, out ushort port)
    {
        port = (ushort)(_firstPort + offset);
        return widthBytes <= _lengthPorts && offset <= _lengthPorts - widthBytes;
    }

    protected override bool Release() => true;
}
