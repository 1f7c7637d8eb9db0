using System;
using System.Collections.Generic;
using System.Threading;

namespace NooksOS.Wrappers;

/// <summary>
/// Measures what calls through the wrappers cost, for as long as it is switched on. While it is off nothing on the path of a
/// call looks at it: switching it on sends every call the long way round, where it is looked at.
/// </summary>
public static class CallProfile
{
    private static readonly Lock s_sync = new();
    private static CallMeter[]? s_meters;
    private static Func<ulong>? s_readNanoseconds;

    /// <summary>Whether calls are measured.</summary>
    internal static bool IsOn => s_meters is not null;

    /// <summary>Begins to measure, from nothing. False if somebody measures already.</summary>
    /// <param name="readNanoseconds">Reads the time since boot.</param>
    public static bool TryStart(Func<ulong> readNanoseconds)
    {
        lock (s_sync)
        {
            if (s_meters is not null)
            {
                return false;
            }

            s_readNanoseconds = readNanoseconds;
            Volatile.Write(ref s_meters, new CallMeter[GateBinding.ServiceTableLength * MethodNumbers.Limit]);
            DomainChannel.ForgetAll();
            ServiceEntry.Divert(isDiverted: true);
            return true;
        }
    }

    /// <summary>Ends the measurement. Calls that are still on their way are not counted.</summary>
    public static IReadOnlyList<CallCost> Stop()
    {
        lock (s_sync)
        {
            CallMeter[] meters = s_meters ?? [];
            s_meters = null;
            ServiceEntry.Divert(isDiverted: false);
            List<CallCost> costs = [];
            for (int index = 0; index < meters.Length; index++)
            {
                if (meters[index].Calls != 0)
                {
                    costs.Add(meters[index].ToCost((ushort)(index / MethodNumbers.Limit), index % MethodNumbers.Limit));
                }
            }

            return costs;
        }
    }

    /// <summary>The time, for <see cref="Add"/>.</summary>
    internal static ulong ReadNanoseconds() => s_readNanoseconds?.Invoke() ?? 0;

    /// <summary>Counts a call that began at the given time and has ended now.</summary>
    internal static void Add(int contract, int method, ulong startNanoseconds)
    {
        ulong nanoseconds = ReadNanoseconds() - startNanoseconds;
        if (s_meters is { } meters && method < MethodNumbers.Limit)
        {
            meters[(contract * MethodNumbers.Limit) + method].Add(nanoseconds);
        }
    }
}
