namespace NooksOS.Isolation.Loading;

/// <summary>A pointer in the data of an image.</summary>
/// <param name="Place">Where the pointer lies, an offset in the image.</param>
/// <param name="Target">What it points at, an offset in the image; it may be the first byte after the image.</param>
public readonly record struct ImageRelocation(uint Place, uint Target);
