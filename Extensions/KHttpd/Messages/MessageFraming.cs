using System;

namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>How the body of a request is delimited.</summary>
/// <param name="Kind">By what.</param>
/// <param name="LengthBytes">The length, if it is stated.</param>
internal readonly record struct MessageFraming(BodyKind Kind, long LengthBytes)
{
    /// <summary>
    /// Determines it by RFC 9112 §6. Whatever two readers could understand in two ways is refused, which leaves no room for
    /// request smuggling (§11.2): both fields together, a coding other than chunked, chunked twice, a length that is not plain
    /// digits, and transfer codings of a 1.0 client.
    /// </summary>
    public static StatusCode Determine(RequestHead head, out MessageFraming framing)
    {
        framing = default;
        bool hasLength = head.TryGet(FieldName.ContentLength, out ReadOnlySpan<byte> length);
        if (head.TryGet(FieldName.TransferEncoding, out ReadOnlySpan<byte> coding))
        {
            if (hasLength || !head.IsVersion11)
            {
                return StatusCode.BadRequest;
            }

            if (Characters.AreEqualIgnoringCase(coding, "chunked"u8))
            {
                framing = new MessageFraming(BodyKind.Chunked, 0);
                return StatusCode.None;
            }

            // §6.1: 501 for a coding that is not understood. If chunked is not the last one, the end cannot be found.
            int comma = coding.LastIndexOf((byte)',');
            return Characters.AreEqualIgnoringCase(Characters.Trim(coding[(comma + 1)..]), "chunked"u8)
                && !StartsWithChunked(coding)
                ? StatusCode.NotImplemented
                : StatusCode.BadRequest;
        }

        if (!hasLength)
        {
            return StatusCode.None;
        }

        if (length.IsEmpty || length.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return StatusCode.BadRequest;
        }

        if (!TryReadLength(length, out long lengthBytes))
        {
            return StatusCode.ContentTooLarge;
        }

        framing = new MessageFraming(BodyKind.Length, lengthBytes);
        return StatusCode.None;
    }

    // "chunked, chunked" is malformed (§7.1), not merely unknown.
    private static bool StartsWithChunked(ReadOnlySpan<byte> coding)
        => Characters.AreEqualIgnoringCase(Characters.Trim(coding[..coding.IndexOf((byte)',')]), "chunked"u8);

    private static bool TryReadLength(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        ReadOnlySpan<byte> significant = digits.TrimStart((byte)'0');
        if (significant.Length > RequestLimits.LengthDigits)
        {
            return false;
        }

        foreach (byte digit in significant)
        {
            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
