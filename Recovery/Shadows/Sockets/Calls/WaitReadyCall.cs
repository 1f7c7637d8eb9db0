using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Takes the sockets of an owner that have become ready.</summary>
internal ref struct WaitReadyCall(SocketOwner owner, Span<SocketReady> ready) : IWaitingCall
{
    private readonly Span<SocketReady> _ready = ready;

    public int Count { get; private set; }

    public readonly WaitQueue Queue => owner.Waiters;

    public CallStatus? Try()
    {
        while (Count < _ready.Length && owner.TakeReady() is { } socket)
        {
            // What was raised may be over: then there is nothing to report, and the next change will raise it again.
            SocketEvents events = socket.PendingEvents & socket.Readiness;
            socket.PendingEvents = SocketEvents.None;
            if (events != SocketEvents.None)
            {
                _ready[Count++] = new SocketReady(
                    new Handle<TrackedObjects.Socket>(socket.Slot, socket.Generation), events);
            }
        }

        return Count != 0 || _ready.IsEmpty ? CallStatus.Ok : null;
    }
}
