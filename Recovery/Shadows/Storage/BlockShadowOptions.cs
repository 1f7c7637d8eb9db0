namespace NooksOS.Recovery.Shadows;

/// <summary>Bounds of the block shadow, and its policy of trying again.</summary>
public sealed record BlockShadowOptions
{
    /// <summary>How often one instance tries a request that the device fails or does not answer.</summary>
    public int Tries { get; init; } = 3;

    /// <summary>
    /// How long an instance of a driver is believed when it says that the disk fails, once it has said the same as its predecessor.
    /// </summary>
    public long BeliefNanoseconds { get; init; } = 60_000_000_000;

    /// <summary>
    /// How often a request is given to the device again because it was reset for the sake of others. A device that does nothing
    /// but abort has failed.
    /// </summary>
    public int Aborts { get; init; } = 64;

    /// <summary>The same where between its aborts no other request has ended either: for the sake of whom is it reset?</summary>
    public int AbortsInVain { get; init; } = 3;

    /// <summary>How long requests may wait without an end of any before the driver is asked where they are, and how often then.</summary>
    public long QuestionNanoseconds { get; init; } = 10_000_000;

    /// <summary>
    /// How long the driver may say that a device has a request. It resets a device that takes long by itself, and sooner; when
    /// it does not, it is at fault whatever it says.
    /// </summary>
    public long PatienceNanoseconds { get; init; } = 60_000_000_000;

    /// <summary>
    /// How long nothing may end at least, while something is under way, of a disk that was always fast and is watched closely. From then on it
    /// is silent, which the health monitor bears for a while as well.
    /// </summary>
    public long LeastPatienceNanoseconds { get; init; } = 15_000_000;

    /// <summary>How far apart the looks of the health monitor are.</summary>
    public long LookNanoseconds { get; init; } = new HealthOptions().PeriodNanoseconds;
}
