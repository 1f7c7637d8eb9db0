namespace NooksOS.Wrappers;

/// <summary>Bounds of the numbers of methods.</summary>
internal static class MethodNumbers
{
    /// <summary>A contract has fewer methods than this; the generator sees to it.</summary>
    internal const int Limit = 64;
}
