namespace NooksOS.Recovery;

/// <summary>Bounds that recovery keeps to.</summary>
public sealed record RecoveryOptions
{
    private const long Millisecond = 1_000_000;

    /// <summary>How long the agent may take to decide before the kernel does.</summary>
    public long AgentBoundNanoseconds { get; init; } = 20 * Millisecond;

    /// <summary>How many failures in succession the agent may leave undecided before it counts as silent.</summary>
    public uint AgentMissesAllowed { get; init; } = 3;

    /// <summary>How long threads may take to leave a dead domain.</summary>
    public long UnwindBoundNanoseconds { get; init; } = 1000 * Millisecond;

    /// <summary>The least delay after a restart that did not come up; doubles with each further one.</summary>
    public long FailedRestartDelayNanoseconds { get; init; } = 10 * Millisecond;

    /// <summary>The least delay never exceeds this.</summary>
    public long MaximumFailedRestartDelayNanoseconds { get; init; } = 5000 * Millisecond;

    /// <summary>After so many restarts in succession that did not come up, the extension is given up.</summary>
    public uint FailedRestartsAllowed { get; init; } = 10;
}
