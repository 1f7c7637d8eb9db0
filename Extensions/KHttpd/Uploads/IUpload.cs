using System;
using NooksOS.Extensions.KHttpd.Serving;

namespace NooksOS.Extensions.KHttpd.Uploads;

/// <summary>Takes the body of one request as it arrives.</summary>
internal interface IUpload
{
    /// <summary>Whether its end changes anything, so that it must not be reached twice.</summary>
    bool HasEffects { get; }

    /// <summary>Takes some bytes. False if the body has become larger than the target takes.</summary>
    bool TryAppend(ReadOnlySpan<byte> data);

    /// <summary>The body is complete: what is the answer?</summary>
    Reply Finish();
}
