namespace NooksOS.Recovery;

/// <summary>One call on the stack of a failed extension.</summary>
public readonly record struct StackEntry(ulong Address, CodeLocation Location);
