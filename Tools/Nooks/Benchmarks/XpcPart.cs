namespace NooksOS.Tool.Benchmarks;

/// <summary>A part of the gate between kernel and domain.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Ticks">What it costs.</param>
public sealed record XpcPart(string Name, double Ticks);
