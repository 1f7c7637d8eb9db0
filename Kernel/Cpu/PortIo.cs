using System.Runtime;
using System.Runtime.CompilerServices;

namespace NooksOS.Kernel.Cpu;

/// <summary>Access to I/O ports.</summary>
public static class PortIo
{
    /// <summary>Reads a byte.</summary>
    [RuntimeImport("*", "port_in8")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern byte Read8(ushort port);

    /// <summary>Reads two bytes.</summary>
    [RuntimeImport("*", "port_in16")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ushort Read16(ushort port);

    /// <summary>Reads four bytes.</summary>
    [RuntimeImport("*", "port_in32")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern uint Read32(ushort port);

    /// <summary>Writes a byte.</summary>
    [RuntimeImport("*", "port_out8")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Write8(ushort port, byte value);

    /// <summary>Writes two bytes.</summary>
    [RuntimeImport("*", "port_out16")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Write16(ushort port, ushort value);

    /// <summary>Writes four bytes.</summary>
    [RuntimeImport("*", "port_out32")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Write32(ushort port, uint value);
}
