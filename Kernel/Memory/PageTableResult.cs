namespace NooksOS.Kernel.Memory;

/// <summary>How an operation on page tables ended.</summary>
public enum PageTableResult
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>There is no frame for a page or a table. Nothing stays mapped.</summary>
    OutOfMemory,

    /// <summary>A page is mapped there already.</summary>
    AlreadyMapped,

    /// <summary>No page is mapped there.</summary>
    NotMapped,

    /// <summary>An address is not canonical or not a multiple of a page, or the flags contradict each other.</summary>
    InvalidArgument,
}
