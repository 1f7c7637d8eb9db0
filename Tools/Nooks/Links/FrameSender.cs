using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Threading;

namespace NooksOS.Tool.Links;

/// <summary>
/// Writes frames to a socket of QEMU's. Adding a frame never waits, because QEMU may be waiting for the relay to read from it:
/// where QEMU does not read either, the queue fills up and further frames are lost, as in a switch.
/// </summary>
internal sealed class FrameSender : IDisposable
{
    private const int QueueBytes = 8 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _added = new(0);
    private ArrayBufferWriter<byte> _queued = new();
    private ArrayBufferWriter<byte> _sending = new();

    /// <summary>Queues a frame.</summary>
    public void Add(ReadOnlySpan<byte> frame)
    {
        lock (_lock)
        {
            if (_queued.WrittenCount + FrameParser.PrefixBytes + frame.Length > QueueBytes)
            {
                return;
            }

            if (_queued.WrittenCount == 0)
            {
                _added.Release();
            }

            BinaryPrimitives.WriteInt32BigEndian(_queued.GetSpan(FrameParser.PrefixBytes), frame.Length);
            _queued.Advance(FrameParser.PrefixBytes);
            _queued.Write(frame);
        }
    }

    /// <summary>Writes what is added, until it is cancelled, its socket is shut down or QEMU is gone.</summary>
    public void Run(Socket socket, CancellationToken cancellation)
    {
        while (true)
        {
            _added.Wait(cancellation);
            lock (_lock)
            {
                (_queued, _sending) = (_sending, _queued);
            }

            for (ReadOnlySpan<byte> rest = _sending.WrittenSpan; !rest.IsEmpty;)
            {
                rest = rest[socket.Send(rest)..];
            }

            _sending.ResetWrittenCount();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _added.Dispose();
}
