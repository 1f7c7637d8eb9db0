using System.Collections.Generic;
using NooksOS.Kernel.Bus.Isa;

namespace NooksOS.Isolation;

/// <summary>Which devices of the ISA bus are held: each by at most one domain.</summary>
internal static class LegacyDeviceClaims
{
    private static readonly HashSet<LegacyDevice> s_held = [];

    public static bool TryClaim(LegacyDevice device)
    {
        lock (s_held)
        {
            return s_held.Add(device);
        }
    }

    public static void Release(LegacyDevice device)
    {
        lock (s_held)
        {
            s_held.Remove(device);
        }
    }
}
