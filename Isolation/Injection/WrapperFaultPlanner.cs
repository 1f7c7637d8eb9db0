using System;
using System.Collections.Generic;

namespace NooksOS.Isolation.Injection;

/// <summary>Chooses faults at the wrappers by seed. Depends on types, count and seed only, so that the same faults can be had again.</summary>
public static class WrapperFaultPlanner
{
    // An instance makes some dozens of calls while it starts, and most of those that obtain something.
    private const int CallsChosenFrom = 24;
    private const int Percent = 100;
    private const int OneByteBelow = 50;
    private const int ShortBelow = 94;
    private const int ShortestBytes = 2;
    private const int ShortBytes = 1024;
    private const int LongBytes = 2048;

    /// <summary>Plans faults, of each type in turn.</summary>
    /// <param name="types">Which types, at least one.</param>
    /// <param name="count">How many faults.</param>
    /// <param name="seed">The seed.</param>
    public static WrapperFault[] Plan(IReadOnlyList<FaultType> types, int count, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(types);
        SeededRandom random = new(seed);
        WrapperFault[] faults = new WrapperFault[count];
        for (int number = 0; number < count; number++)
        {
            faults[number] = new WrapperFault(types[number % types.Count], random.Below(CallsChosenFrom), ChooseLength(random));
        }

        return faults;
    }

    // As in Rio (Ng and Chen, FTCS 1999): half of the overruns are of one byte, 44% of up to 1 KiB, and 6% of 2 to 4 KiB.
    private static int ChooseLength(SeededRandom random)
    {
        int share = random.Below(Percent);
        return share < OneByteBelow ? 1
            : share < ShortBelow ? ShortestBytes + random.Below(ShortBytes - ShortestBytes + 1)
            : LongBytes + random.Below(LongBytes + 1);
    }
}
