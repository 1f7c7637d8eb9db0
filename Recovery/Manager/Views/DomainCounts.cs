namespace NooksOS.Recovery;

/// <summary>Counts of one domain.</summary>
/// <param name="Mode">How it is isolated, such as <c>ring3</c> or <c>direct</c>.</param>
/// <param name="CallsIn">Calls from the kernel.</param>
/// <param name="CallsOut">Calls to the kernel.</param>
/// <param name="Pages">Memory pages that it holds.</param>
public readonly record struct DomainCounts(string Mode, ulong CallsIn, ulong CallsOut, ulong Pages);
