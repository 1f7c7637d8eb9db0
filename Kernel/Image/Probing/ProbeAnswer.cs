using NooksOS.Contracts;

namespace NooksOS.Image.Probing;

/// <summary>What came of a probe.</summary>
/// <param name="Verdict">What is wrong with whoever was asked; null if nothing is.</param>
/// <param name="Complaint">The same in words.</param>
/// <param name="IsMeaningless">Whether he was not asked.</param>
/// <param name="IsProved">Whether nobody else can be the cause.</param>
/// <param name="IsFinal">Whether more time would not have helped.</param>
internal readonly record struct ProbeAnswer(
    FaultKind? Verdict, string Complaint, bool IsMeaningless = false, bool IsProved = false, bool IsFinal = false)
{
    /// <summary>The answer is right.</summary>
    public static ProbeAnswer Right => new(null, string.Empty);

    /// <summary>Nobody was asked.</summary>
    public static ProbeAnswer None => new(null, string.Empty, IsMeaningless: true);
}
