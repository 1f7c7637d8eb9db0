namespace NooksOS.Tool.Machines;

/// <summary>A place on the stack of a failure.</summary>
/// <param name="Function">The function; null if nobody knows.</param>
public sealed record StackEntry(string? Function);
