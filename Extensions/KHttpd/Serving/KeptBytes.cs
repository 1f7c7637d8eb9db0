using System;

namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>What a connection keeps between two turns, in a buffer of the pool's; most of the time nothing.</summary>
internal struct KeptBytes
{
    private byte[]? _buffer;
    private int _length;

    /// <summary>How much memory it takes.</summary>
    public readonly int HeldBytes => _buffer?.Length ?? 0;

    /// <summary>Keeps a copy of the bytes. Nothing may be kept already.</summary>
    public void Store(BufferPool pool, ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            _buffer = pool.Keep(bytes);
            _length = bytes.Length;
        }
    }

    /// <summary>Moves what is kept to the destination and returns how much that is.</summary>
    public int Take(BufferPool pool, Span<byte> destination)
    {
        int length = _length;
        if (_buffer is { } buffer)
        {
            buffer.AsSpan(0, length).CopyTo(destination);
            pool.Return(buffer);
            _buffer = null;
            _length = 0;
        }

        return length;
    }

    /// <summary>Forgets what is kept.</summary>
    public void Drop(BufferPool pool)
    {
        if (_buffer is { } buffer)
        {
            pool.Return(buffer);
            _buffer = null;
            _length = 0;
        }
    }
}
