using System;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Which connections have a timer that may be due: a hashed wheel (Varghese, Lauck, 1987) of intrusive lists. A connection whose timer is
/// put off stays where it is and is looked at once too often: putting off costs nothing, and happens with every segment.
/// </summary>
internal sealed class TimerWheel
{
    /// <summary>What one slot stands for: as often as we are told the time.</summary>
    public const long SlotNanoseconds = 10_000_000;

    private const int Slots = 512;
    private const int None = -1;

    private readonly int[] _first = new int[Slots];
    private readonly int[] _next;
    private readonly int[] _before;
    private readonly long[] _slotOf;
    private long _current;

    /// <param name="capacity">Connections there can be.</param>
    public TimerWheel(int capacity)
    {
        _next = new int[capacity];
        _before = new int[capacity];
        _slotOf = new long[capacity];
        _first.AsSpan().Fill(None);
        _slotOf.AsSpan().Fill(None);
    }

    /// <summary>Has the connection looked at not later than at a time; it may be sooner.</summary>
    public void Schedule(int connection, long deadlineNanoseconds)
    {
        if (deadlineNanoseconds == Connection.Never)
        {
            return;
        }

        // Rounded up, so that it is due when it is looked at; a time beyond the wheel is looked at, and put off, on the way.
        long slot = Math.Clamp(
            (deadlineNanoseconds + SlotNanoseconds - 1) / SlotNanoseconds, _current + 1, _current + Slots - 1);
        if (_slotOf[connection] != None && _slotOf[connection] <= slot)
        {
            return;
        }

        Remove(connection);
        Insert(connection, slot);
    }

    /// <summary>Takes a connection out.</summary>
    public void Remove(int connection)
    {
        if (_slotOf[connection] == None)
        {
            return;
        }

        int next = _next[connection];
        int before = _before[connection];
        if (next != None)
        {
            _before[next] = before;
        }

        if (before != None)
        {
            _next[before] = next;
        }
        else
        {
            _first[_slotOf[connection] % Slots] = next;
        }

        _slotOf[connection] = None;
    }

    /// <summary>Takes the next connection out that may be due. False if there is none.</summary>
    public bool TryTake(long nowNanoseconds, out int connection)
    {
        long now = nowNanoseconds / SlotNanoseconds;

        // After a long silence one turn finds everybody.
        _current = Math.Max(_current, now - Slots);
        while (true)
        {
            connection = _first[_current % Slots];
            if (connection != None)
            {
                Remove(connection);
                return true;
            }

            if (_current >= now)
            {
                return false;
            }

            _current++;
        }
    }

    private void Insert(int connection, long slot)
    {
        ref int first = ref _first[slot % Slots];
        _next[connection] = first;
        _before[connection] = None;
        if (first != None)
        {
            _before[first] = connection;
        }

        first = connection;
        _slotOf[connection] = slot;
    }
}
