using System;
using NooksOS.Extensions.KHttpd.Messages;

namespace NooksOS.Extensions.KHttpd.Content;

/// <summary>Several ranges of a representation as multipart/byteranges (RFC 9110 §14.6).</summary>
internal sealed class MultipartRepresentation : Representation
{
    // Fields of a part: boundary, a media type, three numbers, and names.
    private const int PartHeadBytes = 320;

    private readonly Representation _source;
    private readonly Part[] _parts;
    private readonly byte[] _mediaType;
    private readonly byte[] _end;

    /// <param name="source">What the ranges are of.</param>
    /// <param name="ranges">The ranges.</param>
    /// <param name="nonce">What makes the boundary one that the source does not hold.</param>
    public MultipartRepresentation(Representation source, ReadOnlySpan<ByteRange> ranges, ulong nonce)
    {
        _source = source;
        byte[] boundary = new byte[2 * sizeof(ulong)];
        Uploads.Hexadecimal.Write(BitConverter.GetBytes(nonce), boundary);
        _mediaType = [.. "multipart/byteranges; boundary="u8, .. boundary];
        _end = [.. "\r\n--"u8, .. boundary, .. "--\r\n"u8];
        _parts = new Part[ranges.Length];
        Span<byte> head = stackalloc byte[PartHeadBytes];
        long position = 0;
        for (int index = 0; index < ranges.Length; index++)
        {
            ByteRange range = ranges[index];
            TextWriter writer = new(head);
            writer.Write(index == 0 ? "--"u8 : "\r\n--"u8);
            writer.Write(boundary);
            writer.Write("\r\nContent-Type: "u8);
            writer.Write(source.MediaType);
            writer.Write("\r\nContent-Range: bytes "u8);
            writer.Write(range.Start);
            writer.Write("-"u8);
            writer.Write(range.Last);
            writer.Write("/"u8);
            writer.Write(source.LengthBytes);
            writer.Write("\r\n\r\n"u8);
            _parts[index] = new Part(position, head[..writer.Length].ToArray(), range);
            position += writer.Length + range.LengthBytes;
        }

        LengthBytes = position + _end.Length;
    }

    /// <inheritdoc/>
    public override long LengthBytes { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> MediaType => _mediaType;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> EntityTag => _source.EntityTag;

    /// <inheritdoc/>
    public override long ModifiedSeconds => _source.ModifiedSeconds;

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        for (int index = 0; index < _parts.Length && !destination.IsEmpty; index++)
        {
            Part part = _parts[index];
            offset = Copy(part.Head, part.Position, offset, ref destination);
            long start = part.Position + part.Head.Length;
            int length = (int)Math.Clamp(start + part.Range.LengthBytes - offset, 0, destination.Length);
            if (length != 0)
            {
                _source.Read(part.Range.Start + offset - start, destination[..length]);
                destination = destination[length..];
                offset += length;
            }
        }

        Copy(_end, LengthBytes - _end.Length, offset, ref destination);
    }

    // Copies what of a text at a position is wanted next; returns the offset behind it.
    private static long Copy(byte[] text, long position, long offset, ref Span<byte> destination)
    {
        if (offset < position || offset >= position + text.Length)
        {
            return offset;
        }

        int skipped = (int)(offset - position);
        int length = Math.Min(text.Length - skipped, destination.Length);
        text.AsSpan(skipped, length).CopyTo(destination);
        destination = destination[length..];
        return offset + length;
    }

    private readonly record struct Part(long Position, byte[] Head, ByteRange Range);
}
