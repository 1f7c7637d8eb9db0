namespace NooksOS.Kernel.Memory;

/// <summary>What a whole tree of page tables maps, counted.</summary>
public record struct PageTableAudit
{
    /// <summary>Leaf entries, of whatever size.</summary>
    public nuint LeafCount { get; set; }

    /// <summary>Leaf entries that may be executed.</summary>
    public nuint ExecutableCount { get; set; }

    /// <summary>Leaf entries that may be written and executed: there must be none.</summary>
    public nuint WritableExecutableCount { get; set; }

    /// <summary>Leaf entries below the first domain's slot: there must be none.</summary>
    public nuint NullSlotCount { get; set; }

    /// <summary>Tables below the top level.</summary>
    public nuint TableCount { get; set; }
}
