namespace NooksOS.Runtime;

/// <summary>What a block of the heap is used for.</summary>
internal enum HeapBlockKind : uint
{
    /// <summary>Nothing.</summary>
    Free = 0,

    /// <summary>Cells of one size.</summary>
    Cells = 1,

    /// <summary>One large object, in a chunk of its own.</summary>
    Large = 2,
}
