using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Frames that were made and have not left yet. They are collected while the stack works, and leave at the end of the call in
/// which they were made, so that one crossing carries many.
/// <para>
/// The stack calls the kernel only through <see cref="TryTake"/>, transmit, <see cref="Return"/>: another thread may enter the domain
/// while this one is in the kernel, and must not find the batch that is being read there.
/// </para>
/// </summary>
internal sealed class OutgoingFrames(int maximumBatches)
{
    private readonly Queue<FrameBatch> _filled = new(maximumBatches);
    private readonly Stack<FrameBatch> _empty = new(maximumBatches);
    private FrameBatch? _current;
    private int _made;

    /// <summary>
    /// Whether more frames should be made before those that there are have left: room for one, and not already a batch and more.
    /// Whoever can wait asks, so that the other batches are there for those who cannot.
    /// </summary>
    public bool HasRoom
        => _current is { IsFull: false } || (_filled.Count == 0 && (_empty.Count != 0 || _made < maximumBatches));

    /// <summary>Makes room for a frame. What the space held before is still in it. False if too much waits already.</summary>
    public bool TryReserve(int frameBytes, out Span<byte> frame)
    {
        if (_current is not null && _current.TryReserve(frameBytes, out frame))
        {
            return true;
        }

        if (_current is { Frames: 0 } || !TryGetEmpty(out FrameBatch? next))
        {
            // Not even an empty batch has room for it, or there is none.
            frame = default;
            return false;
        }

        if (_current is not null)
        {
            _filled.Enqueue(_current);
        }

        _current = next;
        return next.TryReserve(frameBytes, out frame);
    }

    /// <summary>Moves the oldest batch out, to be sent. Give it back with <see cref="Return"/>.</summary>
    public bool TryTake([NotNullWhen(true)] out FrameBatch? batch)
    {
        if (_filled.TryDequeue(out batch))
        {
            return true;
        }

        batch = _current is { Frames: > 0 } ? _current : null;
        if (batch is not null)
        {
            _current = null;
        }

        return batch is not null;
    }

    /// <summary>
    /// Moves the oldest batches to a span, as many as fit behind what is there. False if some did not fit; they stay the oldest.
    /// </summary>
    public bool TryMoveTo(Span<byte> destination, ref int usedBytes, out uint frames)
    {
        frames = 0;
        while ((_filled.TryPeek(out FrameBatch? oldest) ? oldest : _current) is { Frames: > 0 } batch)
        {
            if (batch.Bytes.Length > destination.Length - usedBytes)
            {
                return false;
            }

            batch.Bytes.CopyTo(destination[usedBytes..]);
            usedBytes += batch.Bytes.Length;
            frames += batch.Frames;
            TryTake(out FrameBatch? taken);
            Return(ref taken);
        }

        return true;
    }

    /// <summary>Takes a batch back, to be filled again. The caller's variable becomes null.</summary>
    public void Return(ref FrameBatch? batch)
    {
        if (batch is not null)
        {
            batch.Clear();
            _empty.Push(batch);
            batch = null;
        }
    }

    private bool TryGetEmpty([NotNullWhen(true)] out FrameBatch? batch)
    {
        if (_empty.TryPop(out batch))
        {
            return true;
        }

        if (_made == maximumBatches)
        {
            return false;
        }

        _made++;
        batch = new FrameBatch();
        return true;
    }
}
