namespace NooksOS.Wrappers;

/// <summary>What the calls of one method have cost while they were measured.</summary>
/// <param name="Contract">Number of the contract.</param>
/// <param name="Method">Number of the method.</param>
/// <param name="Calls">How many calls ended.</param>
/// <param name="Nanoseconds">How long they took together, the callee and all waiting included.</param>
/// <param name="LongestNanoseconds">The longest of them.</param>
public readonly record struct CallCost(ushort Contract, int Method, ulong Calls, ulong Nanoseconds, ulong LongestNanoseconds);
