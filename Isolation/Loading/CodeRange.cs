namespace NooksOS.Isolation.Loading;

/// <summary>A range of code, in offsets of the image.</summary>
/// <param name="Start">First byte.</param>
/// <param name="End">First byte after it.</param>
public readonly record struct CodeRange(uint Start, uint End)
{
    /// <summary>Its length.</summary>
    public uint LengthBytes => End - Start;

    /// <summary>Whether an offset lies in it.</summary>
    public bool Contains(ulong imageOffset) => imageOffset >= Start && imageOffset < End;
}
