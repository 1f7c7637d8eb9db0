namespace NooksOS.Recovery.Shadows;

/// <summary>Bounds of the <see cref="FileShadow"/>.</summary>
public sealed record FileShadowOptions
{
    /// <summary>How often it is looked whether a file system has come back.</summary>
    public long PollNanoseconds { get; init; } = 500_000;

    /// <summary>How long an instance is believed that has said the same as its predecessor of something that nobody expected.</summary>
    public long BeliefNanoseconds { get; init; } = 60_000_000_000;

    /// <summary>How long after a change everything is written to the medium although nobody has asked for it.</summary>
    public long FlushPeriodNanoseconds { get; init; } = 1_000_000_000;

    /// <summary>
    /// Files up to this length are copied where one write cannot change what they are. Longer ones are changed in place.
    /// </summary>
    public uint CopyLimitBytes { get; init; } = 16 << 20;

    /// <summary>
    /// The most room that a file is given behind its end when it gets longer, beyond what is written; never more than it is long.
    /// </summary>
    public uint AheadBytes { get; init; } = 1 << 20;
}
