using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// A bounded queue of datagrams, in the form of a <see cref="DatagramBatch"/> each, with all of its memory taken at the start. It is used
/// around, so that a queue that is never empty moves nothing. The owner guards it.
/// </summary>
internal sealed class DatagramQueue(int capacityBytes)
{
    private readonly byte[] _storage = new byte[capacityBytes];
    private int _start;
    private int _end;

    // The newest lie in front of the oldest after the end of the memory was reached; then the oldest end here.
    private int _turn;
    private bool _isTurned;

    public bool IsEmpty => LengthBytes == 0;

    public int LengthBytes { get; private set; }

    private ReadOnlySpan<byte> Oldest => _storage.AsSpan(_start, (_isTurned ? _turn : _end) - _start);

    /// <summary>Adds a datagram. False if there is no room.</summary>
    public bool TryEnqueue(scoped in Datagram datagram)
    {
        int length = DatagramBatch.HeaderBytes + datagram.Payload.Length;
        if (!_isTurned && _storage.Length - _end < length && _start >= length)
        {
            _turn = _end;
            _end = 0;
            _isTurned = true;
        }

        Span<byte> room = _isTurned ? _storage.AsSpan(0, _start) : _storage;
        if (!DatagramBatch.TryAppend(room, ref _end, in datagram))
        {
            return false;
        }

        LengthBytes += length;
        return true;
    }

    /// <summary>Shows the oldest datagram. False if there is none.</summary>
    public bool TryPeek(out Datagram datagram)
    {
        ReadOnlySpan<byte> oldest = Oldest;
        return DatagramBatch.TryRead(ref oldest, out datagram);
    }

    /// <summary>Drops the oldest datagram.</summary>
    public void Discard()
    {
        ReadOnlySpan<byte> oldest = Oldest;
        int before = oldest.Length;
        if (!DatagramBatch.TryRead(ref oldest, out _))
        {
            return;
        }

        _start += before - oldest.Length;
        LengthBytes -= before - oldest.Length;
        if (_isTurned && _start == _turn)
        {
            _start = 0;
            _isTurned = false;
        }

        if (IsEmpty)
        {
            _start = _end = 0;
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
