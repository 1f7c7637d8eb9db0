namespace NooksOS.Contracts;

/// <summary>Where the connection blocks are in the caller's domain.</summary>
/// <param name="Address">
/// The first block; block n lies n times <see cref="ConnectionBlock.LargeBlockBytes"/> further on, whatever its size.
/// </param>
/// <param name="BlockLimit">One more than the highest number that a block can have.</param>
public readonly record struct ConnectionMemoryDescription(ulong Address, uint BlockLimit);
