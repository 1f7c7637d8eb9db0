using System;
using System.Buffers.Binary;
using NooksOS.Contracts;

namespace NooksOS.Extensions.KHttpd.Content;

/// <summary>
/// The date of what comes with the image. It is kept outside the domain, so that it is the same after a crash: else a client could
/// not continue a download by date.
/// </summary>
internal static class ContentDate
{
    private const uint Key = 1;

    /// <summary>The date that an earlier instance kept, or that of now.</summary>
    /// <param name="state">Where it is kept.</param>
    /// <param name="nowSeconds">Now.</param>
    /// <param name="isKept">Whether there was an earlier instance.</param>
    public static long Restore(IStateStore state, long nowSeconds, out bool isKept)
    {
        Span<byte> value = stackalloc byte[sizeof(long)];
        isKept = state.Load(Key, value).TryGet(out uint length) && length == sizeof(long);
        if (isKept)
        {
            return BinaryPrimitives.ReadInt64LittleEndian(value);
        }

        BinaryPrimitives.WriteInt64LittleEndian(value, nowSeconds);
        state.Save(Key, value);
        return nowSeconds;
    }
}
