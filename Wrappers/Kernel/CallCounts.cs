using System.Runtime.CompilerServices;

namespace NooksOS.Wrappers;

/// <summary>
/// How often each method of a contract was called. Inline, so that a static one needs no constructor and counting is one
/// instruction.
/// </summary>
[InlineArray(MaximumMethods)]
internal struct CallCounts
{
    /// <summary>The most methods of a contract.</summary>
    internal const int MaximumMethods = 64;

    private ulong _first;
}
