using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// A bounded queue of datagrams, kept as a <see cref="DatagramBatch"/>, with all of its memory taken at the start. The owner
/// guards it.
/// </summary>
internal sealed class DatagramQueue(int capacityBytes)
{
    private readonly byte[] _storage = new byte[capacityBytes];
    private int _start;
    private int _end;

    public bool IsEmpty => _start == _end;

    public int LengthBytes => _end - _start;

    /// <summary>Adds a datagram. False if there is no room.</summary>
    public bool TryEnqueue(scoped in Datagram datagram)
    {
        if (_storage.Length - _end < DatagramBatch.HeaderBytes + datagram.Payload.Length && _start != 0)
        {
            _storage.AsSpan(_start, LengthBytes).CopyTo(_storage);
            _end -= _start;
            _start = 0;
        }

        return DatagramBatch.TryAppend(_storage, ref _end, in datagram);
    }

    /// <summary>Shows the oldest datagram. False if there is none.</summary>
    public bool TryPeek(out Datagram datagram)
    {
        ReadOnlySpan<byte> queued = _storage.AsSpan(_start, LengthBytes);
        return DatagramBatch.TryRead(ref queued, out datagram);
    }

    /// <summary>Drops the oldest datagram.</summary>
    public void Discard()
    {
        ReadOnlySpan<byte> queued = _storage.AsSpan(_start, LengthBytes);
        if (DatagramBatch.TryRead(ref queued, out _))
        {
            _start = _end - queued.Length;
        }

        if (IsEmpty)
        {
            // From the front again, so that a queue that is kept up with never has to move anything.
            _start = 0;
            _end = 0;
        }
    }

    /// <summary>Moves as many of the oldest datagrams as fit to a batch, and returns its length.</summary>
    public int MoveTo(Span<byte> batch)
    {
        int usedBytes = 0;
        while (TryPeek(out Datagram datagram) && DatagramBatch.TryAppend(batch, ref usedBytes, in datagram))
        {
            Discard();
        }

        return usedBytes;
    }
}
