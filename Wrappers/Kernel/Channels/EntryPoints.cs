using System.Runtime.CompilerServices;

namespace NooksOS.Wrappers;

/// <summary>
/// Where each method of a contract is entered; zero while that is not known. Inline, so that a call finds its entry point by
/// one load.
/// </summary>
[InlineArray(MethodNumbers.Limit)]
internal struct EntryPoints
{
    private ulong _first;
}
