namespace NooksOS.Isolation;

/// <summary>What makes a storm of interrupts.</summary>
public sealed record InterruptStormOptions
{
    /// <summary>So many interrupts without work are one too many: far more than any device needs in a row.</summary>
    public uint MostInterrupts { get; init; } = 64;

    /// <summary>
    /// So many are too many if they go on for <see cref="LongNanoseconds"/>. Where others use the line too, it is unmasked only when each of
    /// them was called, which may take a millisecond every time.
    /// </summary>
    public uint EnoughInterrupts { get; init; } = 16;

    /// <summary>How long no driver needs to make its device let go.</summary>
    public long LongNanoseconds { get; init; } = 20_000_000;

    /// <summary>Half of them are forgiven to a line that is let go for so long, while it is not masked.</summary>
    public long RestNanoseconds { get; init; } = 10_000_000;
}
