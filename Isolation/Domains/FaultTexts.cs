using System.Collections.Generic;

namespace NooksOS.Isolation;

/// <summary>What a dying domain said about its end, kept until the fault record takes it.</summary>
public static class FaultTexts
{
    private static readonly Dictionary<uint, FaultText> s_byDomain = [];

    /// <summary>Keeps the first text of a domain, without what a terminal would obey.</summary>
    public static void Set(uint domainId, string type, string message, ulong[] stack)
    {
        lock (s_byDomain)
        {
            s_byDomain.TryAdd(domainId, new FaultText(LogText.Clean(type), LogText.Clean(message), stack));
        }
    }

    /// <summary>Takes the text of a domain away, or null.</summary>
    public static FaultText? Take(uint domainId)
    {
        lock (s_byDomain)
        {
            return s_byDomain.Remove(domainId, out FaultText? text) ? text : null;
        }
    }
}
