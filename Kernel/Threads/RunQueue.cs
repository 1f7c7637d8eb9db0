namespace NooksOS.Kernel.Threads;

/// <summary>Ready threads by priority, first come first served within one. Linked through the threads themselves.</summary>
public unsafe struct RunQueue
{
    private const int Levels = 16;

    private fixed ulong _heads[Levels];
    private fixed ulong _tails[Levels];
    private uint _occupied;

    /// <summary>Whether a thread of this priority or a higher one is ready.</summary>
    public readonly bool HasAtLeast(ThreadPriority priority) => _occupied >> (int)priority != 0;

    /// <summary>Whether no thread is ready.</summary>
    public readonly bool IsEmpty => _occupied == 0;

    /// <summary>Adds a thread at the end of its priority.</summary>
    public void Append(ThreadControl* thread)
    {
        int level = (int)thread->Priority;
        thread->QueueNext = null;
        if (_heads[level] == 0)
        {
            _heads[level] = (ulong)thread;
        }
        else
        {
            // SAFETY: the tail of an occupied level is a live thread of this queue.
            ((ThreadControl*)_tails[level])->QueueNext = thread;
        }

        _tails[level] = (ulong)thread;
        _occupied |= 1u << level;
    }

    /// <summary>Takes the first thread of the highest occupied priority, or null.</summary>
    public ThreadControl* TakeMostUrgent()
    {
        if (_occupied == 0)
        {
            return null;
        }

        int level = 31 - System.Numerics.BitOperations.LeadingZeroCount(_occupied);

        // SAFETY: an occupied level has a head, and threads in a queue are alive.
        ThreadControl* thread = (ThreadControl*)_heads[level];
        Unlink(level, null, thread);
        return thread;
    }

    /// <summary>Takes a given thread out. False if it is not in the queue.</summary>
    public bool TryRemove(ThreadControl* thread)
    {
        int level = (int)thread->Priority;
        ThreadControl* previous = null;
        for (ThreadControl* entry = (ThreadControl*)_heads[level]; entry != null; entry = entry->QueueNext)
        {
            if (entry == thread)
            {
                Unlink(level, previous, thread);
                return true;
            }

            previous = entry;
        }

        return false;
    }

    private void Unlink(int level, ThreadControl* previous, ThreadControl* thread)
    {
        if (previous == null)
        {
            _heads[level] = (ulong)thread->QueueNext;
        }
        else
        {
            previous->QueueNext = thread->QueueNext;
        }

        if (_tails[level] == (ulong)thread)
        {
            _tails[level] = (ulong)previous;
        }

        if (_heads[level] == 0)
        {
            _occupied &= ~(1u << level);
        }

        thread->QueueNext = null;
    }
}
