using System;
using System.Collections.Generic;
using NooksOS.Extensions.KHttpd.Uploads;
using NooksOS.Files;

namespace NooksOS.Extensions.KHttpd.Content;

/// <summary>A few files in memory. Their tags are made from their bytes, so they stay the same over restarts.</summary>
internal sealed class MemoryFiles(long modifiedSeconds) : IFileSource
{
    private const int TagDigestBytes = 8;

    private readonly List<(byte[] Path, MemoryRepresentation File)> _files = [];

    /// <summary>Adds a file.</summary>
    public void Add(ReadOnlySpan<byte> path, ReadOnlySpan<byte> bytes, byte[] mediaType)
    {
        Span<byte> digest = stackalloc byte[Sha256.DigestBytes];
        Sha256 hash = new();
        hash.Append(bytes);
        hash.Finish(digest);
        byte[] tag = new byte[2 + (2 * TagDigestBytes)];
        tag[0] = tag[^1] = (byte)'"';
        Hexadecimal.Write(digest[..TagDigestBytes], tag.AsSpan(1));
        _files.Add((path.ToArray(), new MemoryRepresentation(bytes.ToArray(), mediaType, tag, modifiedSeconds)));
    }

    /// <inheritdoc/>
    public Representation? Open(ReadOnlySpan<byte> path)
    {
        foreach ((byte[] name, MemoryRepresentation file) in _files)
        {
            if (path.SequenceEqual(name))
            {
                return file;
            }
        }

        return null;
    }
}
