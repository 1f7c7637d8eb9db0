namespace NooksOS.Recovery;

/// <summary>One step of a recovery as the <c>faults</c> command shows it.</summary>
/// <param name="Step">The step.</param>
/// <param name="ElapsedNanoseconds">When it was done, counted from the detection.</param>
/// <param name="DurationNanoseconds">How long it took.</param>
public readonly record struct StepTime(RecoveryStep Step, long ElapsedNanoseconds, long DurationNanoseconds);
