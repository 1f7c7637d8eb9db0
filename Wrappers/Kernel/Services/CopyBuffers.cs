using System.Threading;

namespace NooksOS.Wrappers;

/// <summary>
/// Kernel memory into which the spans of a domain's call are copied before a service sees them, so that the domain cannot
/// change them afterwards. A buffer that is not given back, because a call was refused half-way, is collected.
/// </summary>
internal static class CopyBuffers
{
    private const int SmallBytes = 4 * 1024;
    private const int LargeBytes = (192 * 1024) + 256;
    private const int KeptPerSize = 8;

    private static readonly byte[]?[] s_small = new byte[]?[KeptPerSize];
    private static readonly byte[]?[] s_large = new byte[]?[KeptPerSize];

    /// <summary>A buffer of at least so many bytes, which no contract lets exceed <see cref="LargeBytes"/>.</summary>
    internal static byte[] Rent(nuint bytes)
    {
        bool isSmall = bytes <= SmallBytes;
        byte[]?[] kept = isSmall ? s_small : s_large;
        for (int index = 0; index < kept.Length; index++)
        {
            if (kept[index] is not null && Interlocked.Exchange(ref kept[index], null) is byte[] buffer)
            {
                return buffer;
            }
        }

        return new byte[isSmall ? SmallBytes : LargeBytes];
    }

    /// <summary>Gives a buffer back.</summary>
    internal static void Return(byte[] buffer)
    {
        byte[]?[] kept = buffer.Length == SmallBytes ? s_small : s_large;
        for (int index = 0; index < kept.Length; index++)
        {
            if (Interlocked.CompareExchange(ref kept[index], buffer, null) is null)
            {
                return;
            }
        }
    }
}
