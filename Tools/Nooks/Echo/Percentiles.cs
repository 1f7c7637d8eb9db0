using System;
using System.Collections.Generic;
using System.Linq;

namespace NooksOS.Tool.Echo;

/// <summary>Percentiles by nearest rank: always a value that was measured.</summary>
public static class Percentiles
{
    /// <summary>The smallest value that at least the given part of all values does not exceed; null where there are none.</summary>
    public static double? Of(IEnumerable<double> values, double percent)
    {
        double[] ordered = [.. values.Order()];
        if (ordered.Length == 0)
        {
            return null;
        }

        int rank = (int)Math.Ceiling(percent / 100 * ordered.Length);
        return ordered[Math.Clamp(rank, 1, ordered.Length) - 1];
    }
}
