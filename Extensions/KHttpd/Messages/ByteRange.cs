namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>A range of bytes inside a content.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="LengthBytes">How many.</param>
internal readonly record struct ByteRange(long Start, long LengthBytes)
{
    /// <summary>The last byte.</summary>
    public long Last => Start + LengthBytes - 1;
}
