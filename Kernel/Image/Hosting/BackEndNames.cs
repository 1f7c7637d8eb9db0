using NooksOS.Isolation;

namespace NooksOS.Image.Hosting;

/// <summary>The words for protection back ends, as boot options and tables have them.</summary>
internal static class BackEndNames
{
    /// <summary>The word for a back end.</summary>
    public static string Of(ProtectionBackEnd backEnd) => backEnd switch
    {
        ProtectionBackEnd.Direct => "direct",
        ProtectionBackEnd.Ring3 => "ring3",
        ProtectionBackEnd.PageTable => "pagetable",
        _ => "pks",
    };

    /// <summary>The back end for a word; <c>auto</c> is the strongest. False for any other word.</summary>
    public static bool TryParse(string word, out ProtectionBackEnd backEnd)
    {
        (bool known, backEnd) = word switch
        {
            "auto" or "ring3" => (true, ProtectionBackEnd.Ring3),
            "pagetable" => (true, ProtectionBackEnd.PageTable),
            "pks" => (true, ProtectionBackEnd.ProtectionKeys),
            "direct" => (true, ProtectionBackEnd.Direct),
            _ => (false, default),
        };
        return known;
    }
}
