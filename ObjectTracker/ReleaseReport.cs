using System.Collections.Generic;

namespace NooksOS.ObjectTracker;

/// <summary>What became of the objects of a domain that was taken down.</summary>
/// <param name="Released">Objects taken back.</param>
/// <param name="Leaked">Objects lost: those whose release failed, and those that a probe still finds.</param>
/// <param name="Failures">Why, for the first few of them.</param>
public sealed record ReleaseReport(uint Released, uint Leaked, IReadOnlyList<ReleaseFailure> Failures);
