using System;

namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>Comparison of entity tags (RFC 9110 §8.8.3). Tags are written with their quotes.</summary>
internal static class EntityTag
{
    /// <summary>
    /// Whether a list of tags, as in If-Match and If-None-Match, has the tag or is <c>*</c>. What is malformed ends the list.
    /// </summary>
    /// <param name="list">The value of one field line.</param>
    /// <param name="tag">A strong tag.</param>
    /// <param name="isStrong">Whether a weak tag in the list equals none (§8.8.3.2).</param>
    public static bool IsListed(ReadOnlySpan<byte> list, ReadOnlySpan<byte> tag, bool isStrong)
    {
        if (list.SequenceEqual("*"u8))
        {
            return true;
        }

        while (true)
        {
            // Empty elements are allowed in a list (§5.6.1.2).
            list = list.TrimStart(" \t,"u8);
            bool isWeak = list.StartsWith("W/"u8);
            if (isWeak)
            {
                list = list[2..];
            }

            if (list.IsEmpty || list[0] != (byte)'"')
            {
                return false;
            }

            int length = list[1..].IndexOf((byte)'"') + 2;
            if (length < 2)
            {
                return false;
            }

            if (!(isWeak && isStrong) && list[..length].SequenceEqual(tag))
            {
                return true;
            }

            list = list[length..];
        }
    }
}
