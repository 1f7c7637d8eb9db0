using System.Threading;

namespace NooksOS.Kernel.Bus.Interrupts;

/// <summary>
/// The registers of one I/O APIC (Intel 82093AA data sheet §3): two windows, one that selects and one that transfers. Plain memory,
/// because interrupt handlers mask lines. Interrupts must be off.
/// </summary>
internal unsafe struct IoApicUnit
{
    private const uint VersionRegister = 0x01;
    private const uint FirstEntryRegister = 0x10;
    private const int SelectOffsetBytes = 0x00;
    private const int WindowOffsetBytes = 0x10;

    private const uint ActiveLow = 1 << 13;
    private const uint LevelTriggered = 1 << 15;
    private const uint Masked = 1 << 16;

    private readonly byte* _registers;

    /// <summary>The unit whose registers are mapped at the address. Every input is masked.</summary>
    public IoApicUnit(void* registers, uint firstLine)
    {
        _registers = (byte*)registers;
        FirstLine = firstLine;
        LineCount = (Read(VersionRegister) >> 16 & 0xFF) + 1;
        for (uint line = firstLine; line < firstLine + LineCount; line++)
        {
            SetMasked(line, true);
        }
    }

    /// <summary>Global number of the first input.</summary>
    public uint FirstLine { get; }

    /// <summary>How many inputs it has.</summary>
    public uint LineCount { get; }

    /// <summary>Whether an input is this unit's.</summary>
    public readonly bool Has(uint line) => line - FirstLine < LineCount;

    /// <summary>Programs an input, masked, to deliver a vector to the first processor.</summary>
    public readonly void Program(uint line, byte vector, bool levelTriggered, bool activeLow)
    {
        uint entry = FirstEntryRegister + (2 * (line - FirstLine));
        uint low = vector | Masked | (levelTriggered ? LevelTriggered : 0) | (activeLow ? ActiveLow : 0);
        Write(entry, low);
        Write(entry + 1, 0);
    }

    /// <summary>Masks or unmasks an input. An edge that comes while it is masked is lost, a level is not.</summary>
    public readonly void SetMasked(uint line, bool masked)
    {
        uint entry = FirstEntryRegister + (2 * (line - FirstLine));
        uint low = Read(entry);
        Write(entry, masked ? low | Masked : low & ~Masked);
    }

    // SAFETY: the registers stay mapped for as long as the kernel runs; both offsets are architectural.
    private readonly uint Read(uint register)
    {
        Volatile.Write(ref *(uint*)(_registers + SelectOffsetBytes), register);
        return Volatile.Read(ref *(uint*)(_registers + WindowOffsetBytes));
    }

    // SAFETY: as for Read.
    private readonly void Write(uint register, uint value)
    {
        Volatile.Write(ref *(uint*)(_registers + SelectOffsetBytes), register);
        Volatile.Write(ref *(uint*)(_registers + WindowOffsetBytes), value);
    }
}
