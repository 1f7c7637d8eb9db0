using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// One direction of frames towards an extension that may die at any moment: a queue in front of it, and what it has been given.
/// <para>
/// The rule is at most once. A frame that a dead instance may have touched, because it had taken it or was being called with
/// it, is dropped: to give it to the next instance could send it twice. A frame that no instance was called with stays.
/// </para>
/// <para>
/// An exception is what <see cref="RepeatableFrame"/> says harms nobody: such a frame is given to the next instance if the last one died
/// while it was called with it. Once: it may be what it died of.
/// </para>
/// The owner guards it, and calls the extension between <see cref="Offer"/> and <see cref="Settle"/> without the guard.
/// </summary>
/// <param name="memory">Where frames wait and the extension sees them.</param>
/// <param name="capacityFrames">How many frames wait at most.</param>
/// <param name="observer">Sees every frame that is queued, under the guard.</param>
internal sealed class FramePath(IExchangeMemory memory, int capacityFrames, FrameObserver observer)
{
    private readonly FrameQueue _queue = new(memory, capacityFrames);
    private int _offered;
    private uint _epoch;

    /// <summary>Frames that wait to be given to the extension.</summary>
    public int Queued => _queue.Count;

    /// <summary>Frames that were queued, since boot.</summary>
    public FrameCount Arrived { get; private set; }

    /// <summary>Frames that this instance has taken and not said to be done with.</summary>
    public ulong InFlight => Accepted - Completed;

    /// <summary>Frames that this instance has taken.</summary>
    public ulong Accepted { get; private set; }

    /// <summary>Frames that this instance is done with.</summary>
    public ulong Completed { get; private set; }

    /// <summary>Frames lost with an instance, since boot.</summary>
    public ulong Lost { get; private set; }

    /// <summary>Frames that found the queue full, since boot.</summary>
    public ulong Dropped { get; private set; }

    /// <summary>Whether a batch is only frames and nothing else.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> batch)
    {
        while (PacketBatch.TryRead(ref batch, out _))
        {
        }

        return batch.IsEmpty;
    }

    /// <summary>Queues the frames of a well-formed batch. Returns how many there was room for.</summary>
    public uint Enqueue(ReadOnlySpan<byte> batch)
    {
        uint queued = 0;
        while (PacketBatch.TryRead(ref batch, out ReadOnlySpan<byte> frame))
        {
            queued += TryEnqueueFrame(frame) ? 1u : 0u;
        }

        return queued;
    }

    /// <summary>Takes frames that are to go elsewhere, before they are queued; null if there are none.</summary>
    public FrameFilter? Diverts { get; init; }

    /// <summary>Queues a frame. False if there is no room.</summary>
    public bool TryEnqueueFrame(ReadOnlySpan<byte> frame)
    {
        if (Diverts?.Invoke(frame) == true)
        {
            return true;
        }

        if (!_queue.TryEnqueue(frame))
        {
            Dropped++;
            return false;
        }

        ReadOnlySpan<byte> queued = _queue.Newest;
        Arrived += new FrameCount(1, (ulong)queued.Length);
        observer(queued);
        return true;
    }

    /// <summary>Queues a frame of the kernel's own, which nobody is told of. False if there is no room.</summary>
    public bool TryEnqueueOwn(ReadOnlySpan<byte> frame) => _queue.TryEnqueue(frame);

    /// <summary>Whether the very same frame waits.</summary>
    public bool IsQueued(ReadOnlySpan<byte> frame) => _queue.Contains(frame);

    /// <summary>
    /// Queues the frames of a batch that whoever wrote it may still change: each is looked at once, when it is copied. False if
    /// something in it is no frame; what was before that is queued.
    /// </summary>
    public bool TryEnqueue(ReadOnlySpan<byte> batch)
    {
        while (PacketBatch.TryRead(ref batch, out ReadOnlySpan<byte> frame))
        {
            TryEnqueueFrame(frame);
        }

        return batch.IsEmpty;
    }

    /// <summary>The oldest frames, for a call. They stay queued until <see cref="Settle"/>.</summary>
    /// <param name="frames">How many these are.</param>
    /// <param name="epoch">Names the instance that is called.</param>
    public ReadOnlySpan<byte> Offer(out int frames, out uint epoch)
    {
        ReadOnlySpan<byte> batch = _queue.Peek(out frames);
        _offered = frames;
        epoch = _epoch;
        return batch;
    }

    /// <summary>No frames, for a call that is about something else.</summary>
    public ReadOnlySpan<byte> OfferNothing(out int frames, out uint epoch)
    {
        frames = 0;
        epoch = _epoch;
        return default;
    }

    /// <summary>Takes over the outcome of the call. Anything else but a success or a refusal may have used the frames.</summary>
    public SettleOutcome Settle(uint epoch, int offered, CallStatus status, uint taken)
    {
        if (epoch != _epoch)
        {
            // The instance is gone, and what was offered went with it in Interrupt.
            return SettleOutcome.InstanceGone;
        }

        _offered = 0;
        switch (status)
        {
            case CallStatus.Ok when taken <= (uint)offered:
                Accepted += taken;
                _queue.Discard((int)taken);
                return taken == 0 ? SettleOutcome.NothingTaken : SettleOutcome.Progress;

            case CallStatus.Ok:
                // It took more than there was.
                Lose(offered);
                return SettleOutcome.BadReply;

            case CallStatus.DomainDied:
                KeepOrLose(offered);
                return SettleOutcome.InstanceGone;

            case CallStatus.DomainUnavailable:
                return SettleOutcome.InstanceGone;

            default:
                return SettleOutcome.NothingTaken;
        }
    }

    /// <summary>Notes frames that the instance is done with. False if it cannot be: more than it was given.</summary>
    public bool TryComplete(uint frames)
    {
        if (frames > Accepted - Completed)
        {
            return false;
        }

        Completed += frames;
        return true;
    }

    /// <summary>The instance is dead. What it had, and what it is being called with, is lost.</summary>
    public void Interrupt()
    {
        _epoch++;
        Lost += InFlight;
        KeepOrLose(_offered);
        _offered = 0;
        Accepted = 0;
        Completed = 0;
    }

    /// <summary>Nobody will come for the frames.</summary>
    public void Clear()
    {
        Interrupt();
        Lose(_queue.Count);
    }

    private void KeepOrLose(int frames) => Lost += (uint)_queue.KeepForRepetition(frames, RepeatableFrame.IsRepeatable);

    private void Lose(int frames)
    {
        _queue.Discard(frames);
        Lost += (uint)frames;
    }
}
