using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>Ports that the kernel reads and writes for this domain. It checks each access; a bad one is a fault of this domain.</summary>
internal sealed class OpenedPorts(PortRangeDescription ports) : PortWindow
{
    private static DeviceServicesClient Kernel => default;

    /// <inheritdoc/>
    public override Handle<TrackedObjects.PortRange> Handle => ports.Handle;

    /// <inheritdoc/>
    public override uint LengthBytes => ports.LengthPorts;

    /// <inheritdoc/>
    public override byte Read8(uint offsetBytes) => (byte)Read(offsetBytes, sizeof(byte));

    /// <inheritdoc/>
    public override ushort Read16(uint offsetBytes) => (ushort)Read(offsetBytes, sizeof(ushort));

    /// <inheritdoc/>
    public override uint Read32(uint offsetBytes) => Read(offsetBytes, sizeof(uint));

    /// <inheritdoc/>
    public override void Write8(uint offsetBytes, byte value) => Write(offsetBytes, sizeof(byte), value);

    /// <inheritdoc/>
    public override void Write16(uint offsetBytes, ushort value) => Write(offsetBytes, sizeof(ushort), value);

    /// <inheritdoc/>
    public override void Write32(uint offsetBytes, uint value) => Write(offsetBytes, sizeof(uint), value);

    private uint Read(uint offsetBytes, uint widthBytes) => Granted.Require(Kernel.ReadPort(ports.Handle, offsetBytes, widthBytes), "a port");

    private void Write(uint offsetBytes, uint widthBytes, uint value)
        => Granted.Require(Kernel.WritePort(ports.Handle, offsetBytes, widthBytes, value).Status, "a port");
}
