using System;
using NooksOS.Extensions.KHttpd.Content;
using NooksOS.Extensions.KHttpd.Serving;
using NooksOS.Files;

namespace NooksOS.Extensions.KHttpd.Uploads;

/// <summary><c>POST /sha256</c>: answers with the digest of the body, in the form that <c>sha256sum</c> prints.</summary>
internal sealed class DigestUpload : IUpload
{
    private readonly Sha256 _digest = new();

    /// <inheritdoc/>
    public bool HasEffects => false;

    /// <inheritdoc/>
    public bool TryAppend(ReadOnlySpan<byte> data)
    {
        _digest.Append(data);
        return true;
    }

    /// <inheritdoc/>
    public Reply Finish()
    {
        Span<byte> digest = stackalloc byte[Sha256.DigestBytes];
        _digest.Finish(digest);
        byte[] text = new byte[(2 * Sha256.DigestBytes) + 1];
        Hexadecimal.Write(digest, text);
        text[^1] = (byte)'\n';
        return Reply.Of(new MemoryRepresentation(text, MediaTypes.Text));
    }
}
