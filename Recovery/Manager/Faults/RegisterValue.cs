namespace NooksOS.Recovery;

/// <summary>A processor register at the time of a failure.</summary>
public readonly record struct RegisterValue(string Name, ulong Value);
