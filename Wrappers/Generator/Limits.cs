namespace NooksOS.Generator;

/// <summary>What the gate and the run-time halves can carry.</summary>
internal static class Limits
{
    /// <summary>The gate copies an arguments structure of at most this size.</summary>
    internal const int MaximumArgumentBytes = 256;

    /// <summary>The method number is one byte of the service number, and a table of entry points has 64 places.</summary>
    internal const int MaximumMethods = 64;

    /// <summary>All spans of one call to the kernel together.</summary>
    internal const int MaximumSpanBytes = 192 * 1024;

    /// <summary>
    /// All spans of one call to an extension together. As many as of a call to the kernel are copied; the rest must lie in memory
    /// that the extension sees.
    /// </summary>
    internal const int MaximumSharedBytes = 512 * 1024;
}
