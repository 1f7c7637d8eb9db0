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
    public override uint Read32(uint offsetBytes)
    {
        Check(offsetBytes);

        // SAFETY:
        // 1. The check keeps all four bytes inside the window.
        // 2. The window stays mapped as long as this domain lives.
        return Volatile.Read(ref *(uint*)(_registers + offsetBytes));
    }

    /// <inheritdoc/>
    public override void Write32(uint offsetBytes, uint value)
    {
        Check(offsetBytes);

        // SAFETY: as for reading.
        Volatile.Write(ref *(uint*)(_registers + offsetBytes), value);
    }

    private void Check(uint offsetBytes)
    {
        if ((offsetBytes & (sizeof(uint) - 1)) != 0 || LengthBytes < sizeof(uint) || offsetBytes > LengthBytes - sizeof(uint))
        {
            throw new ArgumentOutOfRangeException(nameof(offsetBytes));
        }
    }
}
