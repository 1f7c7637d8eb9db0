namespace NooksOS.Recovery.Shadows;

/// <summary>Threads that wait for something to change. The owner guards it.</summary>
internal sealed class WaitQueue
{
    private Waiter? _first;

    /// <summary>Whether nobody waits.</summary>
    public bool IsEmpty => _first is null;

    public void Add(Waiter waiter)
    {
        waiter.Next = _first;
        _first = waiter;
    }

    public void Remove(Waiter waiter)
    {
        Waiter? previous = null;
        for (Waiter? entry = _first; entry is not null; entry = entry.Next)
        {
            if (ReferenceEquals(entry, waiter))
            {
                if (previous is null)
                {
                    _first = entry.Next;
                }
                else
                {
                    previous.Next = entry.Next;
                }

                entry.Next = null;
                return;
            }

            previous = entry;
        }
    }

    /// <summary>Lets every one of them look again. They take themselves out.</summary>
    public void WakeAll()
    {
        for (Waiter? entry = _first; entry is not null; entry = entry.Next)
        {
            entry.Signal.Set();
        }
    }
}
