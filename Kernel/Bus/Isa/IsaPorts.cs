using NooksOS.Kernel.Cpu;

namespace NooksOS.Kernel.Bus.Isa;

/// <summary>The machine's own ports.</summary>
public sealed class IsaPorts : IIsaPorts
{
    /// <inheritdoc/>
    public byte Read(ushort port) => PortIo.Read8(port);

    /// <inheritdoc/>
    public void Write(ushort port, byte value) => PortIo.Write8(port, value);
}
