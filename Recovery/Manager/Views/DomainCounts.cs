namespace NooksOS.Recovery;

/// <summary>Counts of one domain.</summary>
/// <param name="Mode">How it is isolated, such as <c>ring3</c> or <c>direct</c>; null if there is no instance.</param>
/// <param name="CallsIn">Calls from the kernel.</param>
/// <param name="CallsOut">Calls to the kernel.</param>
/// <param name="Pages">Memory pages that it holds.</param>
/// <param name="IsProcess">Whether it is a process, which is never without isolation.</param>
public readonly record struct DomainCounts(string? Mode, ulong CallsIn, ulong CallsOut, ulong Pages, bool IsProcess = false);
