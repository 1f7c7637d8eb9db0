using System;
using System.Threading;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Lets one call at a time through, in the order in which they came. Not a lock of the runtime: whoever waits here waits for a file
/// system, and is not to be taken for somebody in a deadlock.
/// </summary>
/// <param name="makeRest">Makes what a thread waits for that waits for a file system.</param>
internal sealed class FileCallTurn(Func<IKernelSignal> makeRest)
{
    private readonly Lock _sync = new();
    private readonly WaiterPool _waiters = new(makeRest);
    private Waiter? _first;
    private Waiter? _last;
    private bool _isTaken;

    /// <summary>
    /// Waits for the turn, which ends when the result is disposed of. It is not taken if the caller's domain is being stopped: such a thread
    /// does not wait any more, and would keep the one whose turn it is from the processor.
    /// </summary>
    public Turn Take()
    {
        Waiter waiter;
        lock (_sync)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return new Turn(this);
            }

            waiter = _waiters.Rent();
            Append(waiter);
        }

        while (true)
        {
            bool isCancelled = waiter.Signal.Wait(-1) == WaitOutcome.Cancelled;
            lock (_sync)
            {
                // Who hands the turn on takes the next one out.
                bool isGiven = !IsWaiting(waiter);
                if (!isGiven && !isCancelled)
                {
                    continue;
                }

                if (!isGiven)
                {
                    Remove(waiter);
                }
                else if (isCancelled)
                {
                    HandOn();
                }

                _waiters.Return(waiter);
                return isCancelled ? default : new Turn(this);
            }
        }
    }

    // The turn goes to the next one directly: nobody who comes meanwhile may be quicker.
    private void HandOn()
    {
        if (_first is not { } next)
        {
            _isTaken = false;
            return;
        }

        Remove(next);
        next.Signal.Set();
    }

    private void Append(Waiter waiter)
    {
        if (_last is null)
        {
            _first = waiter;
        }
        else
        {
            _last.Next = waiter;
        }

        _last = waiter;
    }

    private bool IsWaiting(Waiter waiter)
    {
        Waiter? entry = _first;
        while (entry is not null && !ReferenceEquals(entry, waiter))
        {
            entry = entry.Next;
        }

        return entry is not null;
    }

    private void Remove(Waiter waiter)
    {
        Waiter? previous = null;
        for (Waiter? entry = _first; !ReferenceEquals(entry, waiter); entry = entry!.Next)
        {
            previous = entry;
        }

        if (previous is null)
        {
            _first = waiter.Next;
        }
        else
        {
            previous.Next = waiter.Next;
        }

        _last = ReferenceEquals(_last, waiter) ? previous : _last;
        waiter.Next = null;
    }

    /// <summary>A turn, if it was taken.</summary>
    public readonly ref struct Turn(FileCallTurn owner) : IDisposable
    {
        private readonly FileCallTurn? _owner = owner;

        /// <summary>Whether it is the caller's turn.</summary>
        public bool IsTaken => _owner is not null;

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_owner is not null)
            {
                lock (_owner._sync)
                {
                    _owner.HandOn();
                }
            }
        }
    }
}
