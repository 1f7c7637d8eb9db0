using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Listeners whose owner died. Each waits for the next instance of its owner, so that no client is refused meanwhile, but not
/// for ever. The shadow guards it.
/// </summary>
internal sealed class OrphanedListeners(StreamPorts ports, ConnectionLife life, IKernelClock clock, SocketShadowOptions options)
{
    /// <summary>The socket of a listener was given back.</summary>
    public void Release(Listener listener, SocketEnd end)
    {
        if (end == SocketEnd.OwnerDied)
        {
            listener.Socket = null;
            listener.OrphanEndNanoseconds = clock.NowNanoseconds + options.OrphanNanoseconds;
        }
        else
        {
            life.Close(listener);
        }

        // The stack is to hear of it, or the thread that tells it is to come back when the time is over.
        life.IsUrgent = true;
    }

    /// <summary>There will be no next instance of this owner.</summary>
    public void CloseAllOf(uint ownerId)
    {
        while (FindOldest(ownerId) is { } listener)
        {
            life.Close(listener);
        }
    }

    /// <summary>Time has passed. Returns when there is something to do next.</summary>
    public long Tick(long nowNanoseconds)
    {
        while (FindOldest(null) is { } listener)
        {
            if (nowNanoseconds < listener.OrphanEndNanoseconds)
            {
                return listener.OrphanEndNanoseconds;
            }

            life.Close(listener);
        }

        return long.MaxValue;
    }

    private Listener? FindOldest(uint? ownerId)
    {
        Listener? oldest = null;
        foreach (Listener listener in ports.Listeners)
        {
            if (listener is { Socket: null, IsClaimed: false }
                && (ownerId is null || listener.OwnerId == ownerId)
                && (oldest is null || listener.OrphanEndNanoseconds < oldest.OrphanEndNanoseconds))
            {
                oldest = listener;
            }
        }

        return oldest;
    }
}
