namespace NooksOS.Kernel.Bus.Isa;

/// <summary>The ports of the ISA bus, a byte at a time.</summary>
public interface IIsaPorts
{
    /// <summary>Reads a port.</summary>
    byte Read(ushort port);

    /// <summary>Writes a port.</summary>
    void Write(ushort port, byte value);
}
