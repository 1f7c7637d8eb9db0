using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>Device registers that the kernel has mapped into this domain.</summary>
internal sealed unsafe class MappedRegisterWindow(RegisterWindowDescription window) : RegisterWindow
{
    private readonly byte* _registers = (byte*)window.Address;

    /// <inheritdoc/>
    public override uint LengthBytes { get; } = window.LengthBytes;

    /// <inheritdoc/>
    public override byte Read8(uint offsetBytes)
    {
        Check(offsetBytes, sizeof(byte));

        // SAFETY:
        // 1. The check keeps the whole register inside the window.
        // 2. The window stays mapped as long as this domain lives.
        return Volatile.Read(ref *(byte*)(_registers + offsetBytes));
    }

    /// <inheritdoc/>
    public override ushort Read16(uint offsetBytes)
    {
        Check(offsetBytes, sizeof(ushort));

        // SAFETY:
        // 1. The check keeps the whole register inside the window.
        // 2. The window stays mapped as long as this domain lives.
        return Volatile.Read(ref *(ushort*)(_registers + offsetBytes));
    }

    /// <inheritdoc/>
    public override uint Read32(uint offsetBytes)
    {
        Check(offsetBytes, sizeof(uint));

        // SAFETY:
        // 1. The check keeps the whole register inside the window.
        // 2. The window stays mapped as long as this domain lives.
        return Volatile.Read(ref *(uint*)(_registers + offsetBytes));
    }

    /// <inheritdoc/>
    public override void Write8(uint offsetBytes, byte value)
    {
        Check(offsetBytes, sizeof(byte));

        // SAFETY: as for reading.
        Volatile.Write(ref *(byte*)(_registers + offsetBytes), value);
    }

    /// <inheritdoc/>
    public override void Write16(uint offsetBytes, ushort value)
    {
        Check(offsetBytes, sizeof(ushort));

        // SAFETY: as for reading.
        Volatile.Write(ref *(ushort*)(_registers + offsetBytes), value);
    }

    /// <inheritdoc/>
    public override void Write32(uint offsetBytes, uint value)
    {
        Check(offsetBytes, sizeof(uint));

        // SAFETY: as for reading.
        Volatile.Write(ref *(uint*)(_registers + offsetBytes), value);
    }

    private void Check(uint offsetBytes, uint widthBytes)
    {
        if ((offsetBytes & (widthBytes - 1)) != 0 || LengthBytes < widthBytes || offsetBytes > LengthBytes - widthBytes)
        {
            throw new ArgumentOutOfRangeException(nameof(offsetBytes));
        }
    }
}
