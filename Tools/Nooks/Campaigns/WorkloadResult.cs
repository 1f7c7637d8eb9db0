namespace NooksOS.Tool.Campaigns;

/// <summary>What users of the machine saw.</summary>
/// <param name="Completed">Whether all their work was done in the end.</param>
/// <param name="WrongAnswers">Answers whose content was wrong.</param>
/// <param name="Errors">Connections and requests that were broken off.</param>
/// <param name="LongestWaitMilliseconds">The longest time in which nothing was answered.</param>
/// <param name="Failure">What was the matter with the last attempt that did not succeed; null if there was none.</param>
public sealed record WorkloadResult(bool Completed, int WrongAnswers, int Errors, double LongestWaitMilliseconds, string? Failure);
