namespace NooksOS.Recovery;

/// <summary>A line of the <c>domains</c> command.</summary>
public sealed record DomainRow
{
    /// <summary>The domain, or null if the extension is not loaded.</summary>
    public required uint? DomainId { get; init; }

    /// <summary>The extension in it.</summary>
    public required string Extension { get; init; }

    /// <summary>How it is isolated; empty if it is not loaded.</summary>
    public required string Mode { get; init; }

    /// <summary>Whether it is a process, which is never without isolation.</summary>
    public required bool IsProcess { get; init; }

    /// <summary>Where the extension is in its life.</summary>
    public required ExtensionState State { get; init; }

    /// <summary>How many instances there were.</summary>
    public required uint Generation { get; init; }

    /// <summary>How often it failed.</summary>
    public required uint Faults { get; init; }

    /// <summary>How often a fresh instance took over.</summary>
    public required uint Restarts { get; init; }

    /// <summary>Calls from the kernel.</summary>
    public required ulong CallsIn { get; init; }

    /// <summary>Calls to the kernel.</summary>
    public required ulong CallsOut { get; init; }

    /// <summary>Memory that it holds.</summary>
    public required ulong MemoryBytes { get; init; }

    /// <summary>Kernel objects that it holds.</summary>
    public required uint Objects { get; init; }
}
