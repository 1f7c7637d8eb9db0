namespace NooksOS.Tool.Benchmarks;

/// <summary>What one step of a recovery costs.</summary>
/// <param name="Name">Which one.</param>
/// <param name="P50Milliseconds">The median, in the emulator's time.</param>
/// <param name="P50Instructions">The median, in guest instructions.</param>
public sealed record RecoveryStepCost(string Name, double? P50Milliseconds, double? P50Instructions);
