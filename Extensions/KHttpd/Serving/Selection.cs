using System;
using NooksOS.Extensions.KHttpd.Content;
using NooksOS.Extensions.KHttpd.Messages;

namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>Decides what of a representation a GET or HEAD gets: preconditions first, then ranges (RFC 9110 §13.2.2).</summary>
internal static class Selection
{
    /// <summary>Makes the reply.</summary>
    /// <param name="head">The request.</param>
    /// <param name="content">What it is about.</param>
    /// <param name="nowSeconds">The time now, for dates of the last century.</param>
    /// <param name="nonce">For the boundary of a reply with several parts.</param>
    public static Reply Choose(RequestHead head, Representation content, long nowSeconds, ulong nonce)
    {
        StatusCode failed = CheckPreconditions(head, content, nowSeconds);
        if (failed == StatusCode.NotModified)
        {
            return new Reply { Status = failed, Content = content, CompleteLengthBytes = -1 };
        }

        if (failed != StatusCode.None)
        {
            return Reply.Of(failed);
        }

        // Ranges are defined for GET alone (§14.2), and a volatile content has none.
        return head.Method == RequestMethod.Get
            && !content.IsVolatile
            && head.TryGet(FieldName.Range, out ReadOnlySpan<byte> ranges)
            && MayResume(head, content, nowSeconds)
            ? ChooseRanges(ranges, content, nonce)
            : Reply.Of(content);
    }

    private static StatusCode CheckPreconditions(RequestHead head, Representation content, long nowSeconds)
    {
        // Step 1, and step 2 only without the fields of step 1; likewise 3 and 4.
        if (head.TryGet(FieldName.IfMatch, out _))
        {
            if (!IsAnyListed(head, FieldName.IfMatch, content, isStrong: true))
            {
                return StatusCode.PreconditionFailed;
            }
        }
        else if (TryGetDate(head, FieldName.IfUnmodifiedSince, content, nowSeconds, out long unmodifiedSince)
            && content.ModifiedSeconds > unmodifiedSince)
        {
            return StatusCode.PreconditionFailed;
        }

        if (head.TryGet(FieldName.IfNoneMatch, out _))
        {
            return IsAnyListed(head, FieldName.IfNoneMatch, content, isStrong: false) ? StatusCode.NotModified : StatusCode.None;
        }

        return TryGetDate(head, FieldName.IfModifiedSince, content, nowSeconds, out long modifiedSince)
            && content.ModifiedSeconds <= modifiedSince
            ? StatusCode.NotModified
            : StatusCode.None;
    }

    private static bool IsAnyListed(RequestHead head, FieldName field, Representation content, bool isStrong)
    {
        int next = 0;
        while (head.TryGetNext(field, ref next, out ReadOnlySpan<byte> list))
        {
            if (EntityTag.IsListed(list, content.EntityTag, isStrong))
            {
                return true;
            }
        }

        return false;
    }

    // A date that is none, or of a content that has none, is ignored (§13.1.3, §13.1.4).
    private static bool TryGetDate(RequestHead head, FieldName field, Representation content, long nowSeconds, out long seconds)
    {
        seconds = 0;
        return content.ModifiedSeconds != 0
            && head.TryGet(field, out ReadOnlySpan<byte> date)
            && HttpDate.TryParse(date, nowSeconds, out seconds);
    }

    // If-Range (§13.1.5): the tag by strong comparison, or exactly the date.
    private static bool MayResume(RequestHead head, Representation content, long nowSeconds)
    {
        if (!head.TryGet(FieldName.IfRange, out ReadOnlySpan<byte> validator))
        {
            return true;
        }

        return validator.IndexOf((byte)'"') >= 0
            ? validator.SequenceEqual(content.EntityTag)
            : TryGetDate(head, FieldName.IfRange, content, nowSeconds, out long seconds) && seconds == content.ModifiedSeconds;
    }

    private static Reply ChooseRanges(ReadOnlySpan<byte> field, Representation content, ulong nonce)
    {
        Span<ByteRange> ranges = stackalloc ByteRange[RequestLimits.Ranges];
        int count = RangeField.Parse(field, content.LengthBytes, ranges);
        return count switch
        {
            < 0 => Reply.Of(content),
            0 => Reply.Of(StatusCode.RangeNotSatisfiable) with { CompleteLengthBytes = content.LengthBytes },
            1 => new Reply
            {
                Status = StatusCode.PartialContent,
                Content = content,
                Part = ranges[0],
                CompleteLengthBytes = content.LengthBytes,
            },
            _ => Reply.Of(new MultipartRepresentation(content, ranges[..count], nonce), StatusCode.PartialContent),
        };
    }
}
