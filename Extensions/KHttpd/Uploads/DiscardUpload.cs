using System;
using NooksOS.Extensions.KHttpd.Serving;

namespace NooksOS.Extensions.KHttpd.Uploads;

/// <summary>Drops a body of up to so many bytes and then answers what was known before.</summary>
internal sealed class DiscardUpload(Reply reply, long maximumBytes) : IUpload
{
    private long _remaining = maximumBytes;

    /// <inheritdoc/>
    public bool HasEffects => false;

    /// <inheritdoc/>
    public bool TryAppend(ReadOnlySpan<byte> data)
    {
        _remaining -= data.Length;
        return _remaining >= 0;
    }

    /// <inheritdoc/>
    public Reply Finish() => reply;
}
