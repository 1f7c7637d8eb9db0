using System;

namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>A buffer that is filled at one end and used up at the other.</summary>
internal sealed class ByteWindow(int sizeBytes)
{
    private readonly byte[] _bytes = new byte[sizeBytes];
    private int _start;
    private int _end;

    /// <summary>The buffer itself; what is in use begins at <see cref="Start"/>.</summary>
    public byte[] Buffer => _bytes;

    /// <summary>Where the bytes in use begin.</summary>
    public int Start => _start;

    /// <summary>How many bytes are in use.</summary>
    public int Length => _end - _start;

    /// <summary>Whether none are.</summary>
    public bool IsEmpty => _end == _start;

    /// <summary>The bytes in use.</summary>
    public ReadOnlySpan<byte> Used => _bytes.AsSpan(_start, _end - _start);

    /// <summary>All the room there is behind them. Moves them to the front of the buffer.</summary>
    public Span<byte> MakeRoom()
    {
        Used.CopyTo(_bytes);
        _end -= _start;
        _start = 0;
        return _bytes.AsSpan(_end);
    }

    /// <summary>Counts bytes that were written behind the ones in use.</summary>
    public void Extend(int count) => _end += count;

    /// <summary>Uses up bytes at the front.</summary>
    public void Skip(int count) => _start += count;

    /// <summary>Takes bytes away at the end.</summary>
    public void Trim(int count) => _end -= count;

    /// <summary>Empties it.</summary>
    public void Clear() => _start = _end = 0;
}
