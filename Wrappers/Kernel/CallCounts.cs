using System.Runtime.CompilerServices;

namespace NooksOS.Wrappers;

/// <summary>
/// How often each method of a contract was called. Inline, so that a static one needs no constructor and counting is one
/// instruction.
/// </summary>
[InlineArray(MethodNumbers.Limit)]
internal struct CallCounts
{
    private ulong _first;
}
