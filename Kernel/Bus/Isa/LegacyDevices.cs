using System;
using System.Collections.Generic;
using NooksOS.Kernel.Console;

namespace NooksOS.Kernel.Bus.Isa;

/// <summary>
/// The devices of the ISA bus that drivers may have, each where it has always been: the bus cannot be searched, so the kernel
/// looks there once, before there is any driver.
/// </summary>
public static class LegacyDevices
{
    private static readonly List<LegacyDevice> s_present = [];

    /// <summary>Creative's Sound Blaster 16, as it leaves the factory.</summary>
    public static LegacyDevice SoundBlaster16 { get; } = new("SoundBlaster16", 0x220, 16, 5, [1, 5]);

    /// <summary>The controllers of all channels.</summary>
    public static DmaController Dma { get; } = new(new IsaPorts());

    /// <summary>The devices that the machine has.</summary>
    public static IReadOnlyList<LegacyDevice> Present => s_present;

    /// <summary>Looks which devices are there.</summary>
    public static void Find()
    {
        if (!SoundBlasterProbe.IsPresent(new IsaPorts(), SoundBlaster16.FirstPort))
        {
            return;
        }

        if (IsaDmaMemory.TryReserve())
        {
            s_present.Add(SoundBlaster16);
        }
        else
        {
            Log.Write("a Sound Blaster is there, but no memory that it can reach"u8);
        }
    }
}
