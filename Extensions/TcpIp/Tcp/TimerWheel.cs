using System;
using System.Diagnostics.CodeAnalysis;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Which connections have a timer that may be due: a hashed wheel (Varghese, Lauck, 1987) of lists. A connection whose timer is put off
/// stays where it is and is looked at once too often: putting off costs nothing, and happens with every segment.
/// </summary>
internal sealed class TimerWheel
{
    /// <summary>What one slot stands for: as often as we are told the time.</summary>
    public const long SlotNanoseconds = 10_000_000;

    private const int Slots = 512;

    private readonly Connection?[] _slots = new Connection?[Slots];
    private long _current;

    /// <summary>Has the connection looked at not later than when its first timer is due; it may be sooner.</summary>
    public void Schedule(Connection connection)
    {
        long deadline = connection.Deadline;
        if (deadline == Connection.Never)
        {
            return;
        }

        // Rounded up, so that it is due when it is looked at; a time beyond the wheel is looked at, and put off, on the way.
        long slot = Math.Clamp((deadline + SlotNanoseconds - 1) / SlotNanoseconds, _current + 1, _current + Slots - 1);
        if (connection.TimerSlot < 0 || connection.TimerSlot > slot)
        {
            Remove(connection);
            Insert(connection, slot);
        }
    }

    /// <summary>Takes a connection out.</summary>
    public void Remove(Connection connection)
    {
        if (connection.TimerSlot < 0)
        {
            return;
        }

        if (connection.NextInSlot is { } next)
        {
            next.PreviousInSlot = connection.PreviousInSlot;
        }

        if (connection.PreviousInSlot is { } previous)
        {
            previous.NextInSlot = connection.NextInSlot;
        }
        else
        {
            _slots[connection.TimerSlot % Slots] = connection.NextInSlot;
        }

        connection.NextInSlot = connection.PreviousInSlot = null;
        connection.TimerSlot = -1;
    }

    /// <summary>Takes the next connection out that may be due. False if there is none.</summary>
    public bool TryTake(long nowNanoseconds, [NotNullWhen(true)] out Connection? connection)
    {
        long now = nowNanoseconds / SlotNanoseconds;

        // After a long silence one turn finds everybody.
        for (_current = Math.Max(_current, now - Slots); ; _current++)
        {
            connection = _slots[_current % Slots];
            if (connection is not null)
            {
                Remove(connection);
                return true;
            }

            if (_current >= now)
            {
                return false;
            }
        }
    }

    private void Insert(Connection connection, long slot)
    {
        ref Connection? first = ref _slots[slot % Slots];
        connection.NextInSlot = first;
        if (first is not null)
        {
            first.PreviousInSlot = connection;
        }

        first = connection;
        connection.TimerSlot = slot;
    }
}
