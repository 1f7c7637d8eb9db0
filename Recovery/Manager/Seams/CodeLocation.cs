using System.Globalization;

namespace NooksOS.Recovery;

/// <summary>Where an address is in the source.</summary>
/// <param name="Symbol">The function, or null if it is not known.</param>
/// <param name="OffsetBytes">How far into it.</param>
/// <param name="File">The source file, or null.</param>
/// <param name="Line">The line, or zero.</param>
public readonly record struct CodeLocation(string? Symbol, uint OffsetBytes, string? File, uint Line)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        string offset = OffsetBytes == 0 ? string.Empty : "+0x" + OffsetBytes.ToString("x", CultureInfo.InvariantCulture);
        string symbol = Symbol is null ? "?" : Symbol + offset;
        return File is null ? symbol : $"{symbol} ({File}:{Line})";
    }
}
