using System;

namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>What there is to know about field names.</summary>
internal static class FieldNames
{
    /// <summary>Recognises a name, in whatever case it is written.</summary>
    public static FieldName Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 => Match(name, "host"u8, FieldName.Host),
        5 => Match(name, "range"u8, FieldName.Range),
        6 => Match(name, "expect"u8, FieldName.Expect) | Match(name, "origin"u8, FieldName.Origin),
        8 => Match(name, "if-match"u8, FieldName.IfMatch) | Match(name, "if-range"u8, FieldName.IfRange),
        10 => Match(name, "connection"u8, FieldName.Connection),
        12 => Match(name, "content-type"u8, FieldName.ContentType),
        13 => Match(name, "if-none-match"u8, FieldName.IfNoneMatch),
        14 => Match(name, "content-length"u8, FieldName.ContentLength),
        17 => Match(name, "if-modified-since"u8, FieldName.IfModifiedSince)
            | Match(name, "transfer-encoding"u8, FieldName.TransferEncoding),
        19 => Match(name, "if-unmodified-since"u8, FieldName.IfUnmodifiedSince),
        _ => FieldName.Other,
    };

    /// <summary>
    /// Whether the field may be repeated, its lines then forming one list (RFC 9110 §5.3). A repetition of any other that we know
    /// makes a request that two readers may understand in two ways.
    /// </summary>
    public static bool IsList(this FieldName name)
        => name is FieldName.Other or FieldName.Connection or FieldName.IfMatch or FieldName.IfNoneMatch;

    private static FieldName Match(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lowerCase, FieldName field)
        => Characters.AreEqualIgnoringCase(name, lowerCase) ? field : FieldName.Other;
}
