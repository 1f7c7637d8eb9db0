namespace NooksOS.Extensions.TcpIp;

/// <summary>What is known of a neighbour.</summary>
internal enum NeighborState : byte
{
    /// <summary>The entry is not used.</summary>
    Free,

    /// <summary>Asked for; no answer yet.</summary>
    Incomplete,

    /// <summary>Known.</summary>
    Reachable,

    /// <summary>Known, and being asked again because it was long ago or somebody contradicts. Used meanwhile.</summary>
    Probing,

    /// <summary>Did not answer. Not asked again for a while.</summary>
    Failed,
}
