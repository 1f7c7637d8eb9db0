using System.Runtime;
using System.Runtime.CompilerServices;

namespace NooksOS.Kernel.Cpu;

/// <summary>Instructions that C# cannot say. Each is a function of a few bytes in <c>instructions.asm</c>.</summary>
public static unsafe class Processor
{
    /// <summary>Turns interrupts off and returns RFLAGS as it was, for <see cref="RestoreInterrupts"/>.</summary>
    [RuntimeImport("*", "cpu_disable_interrupts")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong DisableInterrupts();

    /// <summary>Turns interrupts on if they were on when the flags were taken.</summary>
    [RuntimeImport("*", "cpu_restore_interrupts")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void RestoreInterrupts(ulong flags);

    /// <summary>Turns interrupts on.</summary>
    [RuntimeImport("*", "cpu_enable_interrupts")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void EnableInterrupts();

    /// <summary>Turns interrupts on and sleeps until one has been handled.</summary>
    [RuntimeImport("*", "cpu_halt_until_interrupt")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void HaltUntilInterrupt();

    /// <summary>Stops the processor for good.</summary>
    [RuntimeImport("*", "cpu_halt_forever")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void HaltForever();

    /// <summary>Tells the processor that this is a spin loop.</summary>
    [RuntimeImport("*", "cpu_pause")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Pause();

    /// <summary>Writes a line of the caches to memory.</summary>
    [RuntimeImport("*", "cpu_flush_cache_line")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void FlushCacheLine(void* address);

    /// <summary>Reads a model-specific register.</summary>
    [RuntimeImport("*", "cpu_read_msr")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadModelSpecificRegister(uint register);

    /// <summary>Writes a model-specific register.</summary>
    [RuntimeImport("*", "cpu_write_msr")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteModelSpecificRegister(uint register, ulong value);

    /// <summary>Reads CR0.</summary>
    [RuntimeImport("*", "cpu_read_cr0")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadCr0();

    /// <summary>Writes CR0.</summary>
    [RuntimeImport("*", "cpu_write_cr0")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteCr0(ulong value);

    /// <summary>Reads CR2, the address of the last page fault.</summary>
    [RuntimeImport("*", "cpu_read_cr2")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadCr2();

    /// <summary>Reads CR3, the view in force.</summary>
    [RuntimeImport("*", "cpu_read_cr3")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadCr3();

    /// <summary>Writes CR3 and drops every translation that is not global.</summary>
    [RuntimeImport("*", "cpu_write_cr3")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteCr3(ulong value);

    /// <summary>Reads CR4.</summary>
    [RuntimeImport("*", "cpu_read_cr4")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadCr4();

    /// <summary>Writes CR4.</summary>
    [RuntimeImport("*", "cpu_write_cr4")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteCr4(ulong value);

    /// <summary>Drops the translation of one page.</summary>
    [RuntimeImport("*", "cpu_invalidate_page")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void InvalidatePage(void* address);

    /// <summary>Reads the time-stamp counter.</summary>
    [RuntimeImport("*", "cpu_read_time_stamp")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadTimeStamp();

    /// <summary>RDRAND, which the processor must have. Zero if it had nothing to give in ten attempts.</summary>
    [RuntimeImport("*", "cpu_read_random")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadRandom();

    /// <summary>RDSEED, which the processor must have. Zero if it had nothing to give in ten attempts.</summary>
    [RuntimeImport("*", "cpu_read_seed")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadSeed();

    /// <summary>Executes two instructions for each count, which must not be zero: a known amount of work for measurements.</summary>
    [RuntimeImport("*", "cpu_count_down")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void CountDown(ulong count);

    /// <summary>CPUID: fills EAX, EBX, ECX, EDX.</summary>
    [RuntimeImport("*", "cpu_identify")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Identify(uint leaf, uint subleaf, uint* registers);
}
