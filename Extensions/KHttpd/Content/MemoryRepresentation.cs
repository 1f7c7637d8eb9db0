using System;

namespace NooksOS.Extensions.KHttpd.Content;

/// <summary>Bytes in memory.</summary>
internal sealed class MemoryRepresentation(byte[] bytes, byte[] mediaType, byte[]? entityTag = null, long modifiedSeconds = 0)
    : Representation
{
    private readonly byte[] _bytes = bytes;
    private readonly byte[] _mediaType = mediaType;
    private readonly byte[]? _entityTag = entityTag;

    /// <inheritdoc/>
    public override long LengthBytes => _bytes.Length;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> MediaType => _mediaType;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> EntityTag => _entityTag;

    /// <inheritdoc/>
    public override long ModifiedSeconds { get; } = modifiedSeconds;

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
        => _bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
}
