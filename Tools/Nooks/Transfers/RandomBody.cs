using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace NooksOS.Tool.Transfers;

/// <summary>A part of <see cref="RandomContent"/> as the body of a request, made while it is sent.</summary>
internal sealed class RandomBody(long offsetBytes, long lengthBytes, Action moved) : HttpContent
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>SHA-256 of what was sent.</summary>
    public byte[] Digest { get; private set; } = [];

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferBytes];
        for (long sent = 0; sent < lengthBytes; sent += buffer.Length)
        {
            int length = (int)Math.Min(buffer.Length, lengthBytes - sent);
            RandomContent.Fill(offsetBytes + sent, buffer);
            digest.AppendData(buffer, 0, length);
            await stream.WriteAsync(buffer.AsMemory(0, length));
            moved();
        }

        Digest = digest.GetHashAndReset();
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = lengthBytes;
        return true;
    }
}
