using System;

namespace NooksOS.Tool.Transfers;

/// <summary>
/// How much is asked for in one request. One that is always broken off before it ends moves nothing, however long it is tried: after each
/// that was, half as much is asked for, and after each that was not, twice as much.
/// </summary>
public sealed class PieceLength
{
    /// <summary>As much as any connection carries at once.</summary>
    public const long LeastBytes = 64 * 1024;

    private readonly long _mostBytes;

    /// <param name="mostBytes">The most, and what is asked for first.</param>
    public PieceLength(long mostBytes)
    {
        _mostBytes = mostBytes;
        Bytes = mostBytes;
    }

    /// <summary>How much is asked for now.</summary>
    public long Bytes { get; private set; }

    /// <summary>A request was broken off.</summary>
    public void NoteBreak() => Bytes = Math.Min(_mostBytes, Math.Max(Bytes / 2, LeastBytes));

    /// <summary>A request came to its end.</summary>
    public void NoteEnd() => Bytes = Bytes > _mostBytes / 2 ? _mostBytes : 2 * Bytes;
}
