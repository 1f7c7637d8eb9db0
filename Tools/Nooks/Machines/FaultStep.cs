namespace NooksOS.Tool.Machines;

/// <summary>A step of a recovery.</summary>
/// <param name="Name">Which one.</param>
/// <param name="Milliseconds">When it was reached, from the detection of the failure.</param>
/// <param name="DurationMilliseconds">How long it took.</param>
public sealed record FaultStep(string Name, double Milliseconds, double? DurationMilliseconds);
