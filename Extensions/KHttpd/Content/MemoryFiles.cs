using System;
using System.Collections.Generic;
using NooksOS.Extensions.KHttpd.Uploads;
using NooksOS.Files;

namespace NooksOS.Extensions.KHttpd.Content;

/// <summary>A few files in memory. Their tags are made from their bytes, so they stay the same over restarts.</summary>
internal sealed class MemoryFiles(long modifiedSeconds) : IFileSource
{
    private const int TagDigestBytes = 8;

    private readonly List<StoredFile> _files = [];

    /// <summary>Adds a file.</summary>
    public void Add(ReadOnlySpan<byte> path, ReadOnlySpan<byte> bytes, byte[] mediaType)
        => _files.Add(new StoredFile(path.ToArray(), bytes.ToArray(), mediaType));

    /// <inheritdoc/>
    public Representation? Open(ReadOnlySpan<byte> path)
    {
        foreach (StoredFile file in _files)
        {
            if (path.SequenceEqual(file.Path))
            {
                // A server that starts again has users waiting, who seldom want these files: their digests take longer than all the rest.
                return file.Representation ??= new MemoryRepresentation(file.Bytes, file.MediaType, MakeTag(file.Bytes), modifiedSeconds);
            }
        }

        return null;
    }

    private static byte[] MakeTag(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[Sha256.DigestBytes];
        Sha256 hash = new();
        hash.Append(bytes);
        hash.Finish(digest);
        byte[] tag = new byte[2 + (2 * TagDigestBytes)];
        tag[0] = tag[^1] = (byte)'"';
        Hexadecimal.Write(digest[..TagDigestBytes], tag.AsSpan(1));
        return tag;
    }

    private sealed class StoredFile(byte[] path, byte[] bytes, byte[] mediaType)
    {
        public byte[] Path { get; } = path;

        public byte[] Bytes { get; } = bytes;

        public byte[] MediaType { get; } = mediaType;

        public MemoryRepresentation? Representation { get; set; }
    }
}
