using System;
using System.IO;
using NooksOS.Files;

namespace NooksOS.Programs.Play;

/// <summary>A file of the mounted volume.</summary>
internal sealed class DiskFile(OpenFileStream stream) : IByteFile
{
    /// <inheritdoc/>
    public ulong LengthBytes => (ulong)stream.Length;

    /// <inheritdoc/>
    public int Read(ulong offsetBytes, Span<byte> destination)
    {
        if (stream.Position != (long)offsetBytes)
        {
            stream.Seek((long)offsetBytes, SeekOrigin.Begin);
        }

        return stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
    }
}
