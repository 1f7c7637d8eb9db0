namespace NooksOS.Isolation.Loading;

/// <summary>What may be done with the memory of a segment. There is no value for writable code.</summary>
public enum SegmentRights
{
    /// <summary>Read only.</summary>
    Read,

    /// <summary>Read and run.</summary>
    ReadExecute,

    /// <summary>Read and write.</summary>
    ReadWrite,
}
