using System;
using System.IO;
using NooksOS.Contracts;

namespace NooksOS.Files;

/// <summary>The content of an open file.</summary>
public sealed class OpenFileStream : Stream
{
    private readonly IFileServices _services;
    private readonly Handle<TrackedObjects.File> _file;
    private readonly string _path;
    private readonly FileRequests _requests;
    private long _position;
    private long _length;
    private bool _isClosed;

    internal OpenFileStream(IFileServices services, string path, FileRequests requests, OpenedFile opened)
    {
        _services = services;
        _path = path;
        _requests = requests;
        _file = opened.File;
        _length = (long)opened.LengthBytes;
    }

    /// <inheritdoc/>
    public override bool CanRead => (_requests & FileRequests.Read) != 0;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => (_requests & FileRequests.Write) != 0;

    /// <inheritdoc/>
    public override long Length => _length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
        => (int)Take(_services.Read(_file, buffer[..Math.Min(buffer.Length, FileLimits.TransferBytes)])).Count;

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int length = Math.Min(buffer.Length, FileLimits.TransferBytes);
            Take(_services.Write(_file, buffer[..length]));
            buffer = buffer[length..];
        }
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        long position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => _length + offset,
        };
        ArgumentOutOfRangeException.ThrowIfNegative(position, nameof(offset));
        Take(_services.Seek(_file, (ulong)position));
        return _position;
    }

    /// <inheritdoc/>
    public override void SetLength(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Take(_services.SetLength(_file, (ulong)value));
    }

    /// <summary>Waits until the file is on the medium.</summary>
    public override void Flush() => Take(_services.Flush(_file));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!_isClosed)
        {
            _isClosed = true;
            FileSystem.Take(_services.Close(_file), _path);
        }

        base.Dispose(disposing);
    }

    private FileOutcome Take(CallResult<FileOutcome> result)
    {
        FileOutcome outcome = FileSystem.Take(result, _path);
        _position = (long)outcome.Position;
        _length = (long)outcome.LengthBytes;
        return outcome;
    }
}
