namespace NooksOS.Isolation.Loading;

/// <summary>A part of an image that is mapped with one set of rights.</summary>
/// <param name="Rights">What may be done with it.</param>
/// <param name="FileOffset">Where its bytes begin in the file.</param>
/// <param name="FileBytes">How many bytes the file holds; the rest of the memory is zero.</param>
/// <param name="ImageOffset">Where it lies in the image, a multiple of the page size.</param>
/// <param name="MemoryBytes">How much memory it takes, not rounded.</param>
public readonly record struct ImageSegment(
    SegmentRights Rights, int FileOffset, int FileBytes, uint ImageOffset, uint MemoryBytes)
{
    /// <summary>Pages are of this size.</summary>
    public const uint PageBytes = 4096;

    /// <summary>First image offset after its last page.</summary>
    public uint PagesEnd => ImageOffset + MappedBytes;

    /// <summary>Memory in whole pages.</summary>
    public uint MappedBytes => (MemoryBytes + PageBytes - 1) & ~(PageBytes - 1);

    /// <summary>Whether a range of the image lies inside the memory of this segment.</summary>
    public bool Holds(ulong imageOffset, ulong lengthBytes)
        => imageOffset >= ImageOffset
            && imageOffset - ImageOffset <= MemoryBytes
            && lengthBytes <= MemoryBytes - (imageOffset - ImageOffset);
}
