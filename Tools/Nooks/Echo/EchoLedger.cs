using System;
using System.Collections;
using System.Threading;

namespace NooksOS.Tool.Echo;

/// <summary>Keeps account of sent and answered datagrams. Sender and receiver may be different threads.</summary>
public sealed class EchoLedger
{
    private readonly Lock _lock = new();
    private readonly BitArray _answered = new(0);
    private long _sent;
    private long _answeredCount;
    private long _duplicated;
    private long _corrupted;
    private TimeSpan? _lastAnswer;
    private TimeSpan _longestGap;

    /// <summary>How many were answered so far.</summary>
    public long Answered
    {
        get
        {
            lock (_lock)
            {
                return _answeredCount;
            }
        }
    }

    /// <summary>True while an answer is outstanding.</summary>
    public bool IsWaiting
    {
        get
        {
            lock (_lock)
            {
                return _answeredCount < _sent;
            }
        }
    }

    /// <summary>Gives the number for the next datagram, sent at <paramref name="now"/>.</summary>
    public uint Send(TimeSpan now)
    {
        lock (_lock)
        {
            // Until something is sent there is nothing to wait for.
            _lastAnswer ??= now;
            if (_sent == _answered.Length)
            {
                _answered.Length = Math.Max(1024, _answered.Length * 2);
            }

            return (uint)_sent++;
        }
    }

    /// <summary>Notes an answer.</summary>
    public void Receive(ReadOnlySpan<byte> datagram, TimeSpan now)
    {
        bool isWhole = EchoDatagram.TryRead(datagram, out uint sequence);
        lock (_lock)
        {
            if (!isWhole || sequence >= _sent)
            {
                _corrupted++;
            }
            else if (_answered[(int)sequence])
            {
                _duplicated++;
            }
            else
            {
                _answered[(int)sequence] = true;
                _answeredCount++;
                EndGap(now);
            }
        }
    }

    /// <summary>The account; a wait for an answer that still lasted at <paramref name="sendingEnded"/> counts as a gap.</summary>
    public EchoCounts Close(TimeSpan sendingEnded)
    {
        lock (_lock)
        {
            if (_answeredCount < _sent && _lastAnswer < sendingEnded)
            {
                EndGap(sendingEnded);
            }

            return new EchoCounts(_sent, _answeredCount, _sent - _answeredCount, _duplicated, _corrupted, _longestGap.TotalMilliseconds);
        }
    }

    private void EndGap(TimeSpan now)
    {
        TimeSpan gap = now - (_lastAnswer ?? now);
        if (gap > _longestGap)
        {
            _longestGap = gap;
        }

        _lastAnswer = now;
    }
}
