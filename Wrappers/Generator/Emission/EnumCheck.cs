using NooksOS.Generator.Model;

namespace NooksOS.Generator.Emission;

/// <summary>Text that tells whether an enumeration from the other side has a value that the contract does not know.</summary>
internal static class EnumCheck
{
    internal static string IsImpossible(string field, ValueModel value)
        => value.IsFlags
            ? $"({field} & ~({string.Join(" | ", value.Values)})) != 0"
            : $"{field} is not ({string.Join(" or ", value.Values)})";
}
