using System.Collections.Generic;
using NooksOS.Isolation.Injection;

namespace NooksOS.Image.Injection;

/// <summary>Which faults are wanted.</summary>
/// <param name="Types">The types, which take turns.</param>
/// <param name="IsAtWrappers">Whether they are faults at the wrappers; otherwise in instructions.</param>
/// <param name="Count">How many faults.</param>
/// <param name="Seed">What they are chosen by.</param>
/// <param name="WholeImage">Whether the base library and the runtime of the image are hit too.</param>
internal sealed record InjectionOrder(IReadOnlyList<FaultType> Types, bool IsAtWrappers, int Count, ulong Seed, bool WholeImage);
