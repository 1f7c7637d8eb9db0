using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Sockets;

/// <summary>
/// Waits for every socket of one owner at once, and runs the code that awaited one. One loop for each owner; it and its sockets
/// are used by one thread.
/// </summary>
/// <param name="services">The sockets of the owner.</param>
public sealed class SocketLoop(ISocketServices services)
{
    private const int InitialSlots = 64;

    // By slot of the handle, which is small and dense.
    private AsyncSocket?[] _bySlot = new AsyncSocket?[InitialSlots];
    private bool _isStopped;

    /// <summary>How many sockets it looks after.</summary>
    public int Count { get; private set; }

    internal ISocketServices Services { get; } = services;

    /// <summary>Runs until <see cref="Stop"/>, or until the owner is being stopped.</summary>
    public void Run()
    {
        while (!_isStopped && RunOnce(Timeout.InfiniteTimeSpan))
        {
        }
    }

    /// <summary>Waits for changes at most so long, and runs what awaited them. False if the owner is being stopped.</summary>
    public bool RunOnce(TimeSpan timeout)
    {
        Span<SocketReady> ready = stackalloc SocketReady[SocketLimits.ReadySockets];
        long nanoseconds = timeout < TimeSpan.Zero ? -1 : timeout.Ticks * TimeSpan.NanosecondsPerTick;
        CallResult<uint> waited = Services.WaitReady(ready, nanoseconds);
        if (waited.Status == CallStatus.Cancelled)
        {
            return false;
        }

        SocketException.ThrowIfFailed(waited.Status);
        foreach (SocketReady change in ready[..(int)waited.Value])
        {
            // What ran before may have closed the socket, and another one may have its slot.
            if (Find(change.Socket) is { } socket)
            {
                socket.Dispatch(change.Events);
            }
        }

        return true;
    }

    /// <summary>Gives every socket back at once; whoever awaited one learns that it is no longer connected.</summary>
    public void AbortAll()
    {
        foreach (AsyncSocket? socket in _bySlot)
        {
            socket?.Abort();
        }
    }

    /// <summary>Lets <see cref="Run"/> return once it has run what it is running.</summary>
    public void Stop() => _isStopped = true;

    internal void Add(AsyncSocket socket)
    {
        int slot = (int)socket.Identity.Slot;
        if (slot >= _bySlot.Length)
        {
            Array.Resize(ref _bySlot, Math.Max(slot + 1, 2 * _bySlot.Length));
        }

        _bySlot[slot] = socket;
        Count++;
    }

    internal void Remove(AsyncSocket socket)
    {
        if (Find(socket.Identity) is not null)
        {
            _bySlot[socket.Identity.Slot] = null;
            Count--;
        }
    }

    private AsyncSocket? Find(Handle<TrackedObjects.Socket> handle)
        => handle.Slot < (uint)_bySlot.Length && _bySlot[handle.Slot] is { } socket && socket.Identity == handle ? socket : null;
}
