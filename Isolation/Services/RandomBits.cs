using System;
using NooksOS.Kernel.Cpu;

namespace NooksOS.Isolation;

/// <summary>
/// The kernel's random bits. They come from the processor's own source if it has one; and in any case from how long things take, which
/// on a processor with caches, or in an emulator on a busy machine, nobody can say to the last digit.
/// </summary>
public static unsafe class RandomBits
{
    private const int FirstTimings = 256;
    private const int FeatureLeaf = 1;
    private const int ExtendedFeatureLeaf = 7;
    private const int Ebx = 1;
    private const int Ecx = 2;
    private const uint HasRandom = 1u << 30;
    private const uint HasSeed = 1u << 18;

    private static readonly EntropyPool s_pool = new();
    private static bool s_isSeeded;

    /// <summary>Gives out 64 bits.</summary>
    public static ulong Take()
    {
        ulong flags = Processor.DisableInterrupts();
        if (!s_isSeeded)
        {
            Seed();
            s_isSeeded = true;
        }

        s_pool.Stir(Processor.ReadTimeStamp());
        StirHardware();
        ulong bits = s_pool.Take();
        Processor.RestoreInterrupts(flags);
        return bits;
    }

    private static void Seed()
    {
        s_pool.Stir((ulong)DateTime.UtcNow.Ticks);
        for (int count = 0; count < FirstTimings; count++)
        {
            s_pool.Stir(Processor.ReadTimeStamp());
        }
    }

    private static void StirHardware()
    {
        // SAFETY: each call fills the four registers that there is room for.
        uint* registers = stackalloc uint[4];
        Processor.Identify(0, 0, registers);
        uint leaves = registers[0];
        Processor.Identify(FeatureLeaf, 0, registers);
        if ((registers[Ecx] & HasRandom) != 0)
        {
            s_pool.Stir(Processor.ReadRandom());
        }

        if (leaves < ExtendedFeatureLeaf)
        {
            return;
        }

        Processor.Identify(ExtendedFeatureLeaf, 0, registers);
        if ((registers[Ebx] & HasSeed) != 0)
        {
            s_pool.Stir(Processor.ReadSeed());
        }
    }
}
