namespace NooksOS.Isolation.Loading;

/// <summary>Words of the data that hold addresses.</summary>
/// <param name="Place">Where the first of them lies at the earliest, an offset in the image.</param>
/// <param name="Words">Bit n says that the word n after the place holds an address.</param>
public readonly record struct RelocationGroup(uint Place, ulong Words);
