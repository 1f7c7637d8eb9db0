using System.Threading;
using NooksOS.Kernel.Cpu;

namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>The registers of a unit, mapped for as long as the kernel runs.</summary>
internal sealed unsafe class MappedRemappingRegisters(void* registers, uint lengthBytes) : IRemappingRegisters
{
    private readonly byte* _registers = (byte*)registers;

    /// <inheritdoc/>
    public uint LengthBytes { get; } = lengthBytes;

    // SAFETY (all four): the unit checks that its registers lie in what is mapped, which stays so; the others are architectural.

    /// <inheritdoc/>
    public uint Read32(uint offsetBytes) => Volatile.Read(ref *(uint*)(_registers + offsetBytes));

    /// <inheritdoc/>
    public void Write32(uint offsetBytes, uint value) => Volatile.Write(ref *(uint*)(_registers + offsetBytes), value);

    /// <inheritdoc/>
    public ulong Read64(uint offsetBytes) => Volatile.Read(ref *(ulong*)(_registers + offsetBytes));

    /// <inheritdoc/>
    public void Write64(uint offsetBytes, ulong value) => Volatile.Write(ref *(ulong*)(_registers + offsetBytes), value);

    /// <inheritdoc/>
    public void Pause() => Processor.Pause();
}
