using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace NooksOS.Wrappers;

/// <summary>
/// Overwrites the image's own heap: method tables and fields of live objects, the links of free ones, the headers of blocks.
/// Then goes on allocating, calling and collecting until it shows.
/// </summary>
internal static unsafe class HeapCorruption
{
    private const int ObjectCount = 256;
    private const int LargestObjectBytes = 1024;
    private const ulong BlockBytes = 16 * 1024;
    private const ulong Rubbish = 0x5AFE_BAD0_5AFE_BAD0;

    private static readonly object?[] s_victims = new object?[ObjectCount];

    /// <summary>Does not return.</summary>
    internal static void Run()
    {
        for (int index = 0; index < s_victims.Length; index++)
        {
            // Every other one is dropped, so that there are free cells between live ones.
            object victim = index % 4 == 0 ? new object() : new byte[index * LargestObjectBytes / ObjectCount];
            s_victims[index] = index % 2 == 0 ? victim : null;
        }

        GC.Collect();

        // Where they all are first: the array that holds them is a victim, too.
        Span<ulong> addresses = stackalloc ulong[ObjectCount];
        for (int index = 0; index < s_victims.Length; index++)
        {
            addresses[index] = AddressOf(s_victims[index]);
        }

        foreach (ulong address in addresses)
        {
            Overwrite(address);
        }

        while (true)
        {
            Churn();
        }
    }

    // SAFETY: none; that is the point. The block of the victim, its header and its neighbours are destroyed.
    private static void Overwrite(ulong address)
    {
        if (address == 0)
        {
            return;
        }

        ulong block = address & ~(BlockBytes - 1);
        for (ulong word = block; word < block + BlockBytes; word += 3 * sizeof(ulong))
        {
            Volatile.Write(ref *(ulong*)word, Rubbish ^ word);
        }

        Volatile.Write(ref *(ulong*)address, Rubbish);
    }

    private static ulong AddressOf(object? victim) => *(ulong*)Unsafe.AsPointer(ref victim);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Churn()
    {
        for (int index = 0; index < s_victims.Length; index++)
        {
            _ = s_victims[index]?.GetHashCode();
            _ = s_victims[index]?.ToString();
            s_victims[index] = new byte[(index * 37 % LargestObjectBytes) + 1];
        }

        GC.Collect();
    }
}
