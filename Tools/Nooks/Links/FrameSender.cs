using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

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

    /// <summary>Writes what is added, until it is cancelled or QEMU is gone.</summary>
    public async Task RunAsync(Socket socket, CancellationToken cancellation)
    {
        while (true)
        {
            await _added.WaitAsync(cancellation);
            lock (_lock)
            {
                (_queued, _sending) = (_sending, _queued);
            }

            for (ReadOnlyMemory<byte> rest = _sending.WrittenMemory; !rest.IsEmpty;)
            {
                rest = rest[await socket.SendAsync(rest, cancellation)..];
            }

            _sending.ResetWrittenCount();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _added.Dispose();
}
