namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>The request fields that mean something to this server.</summary>
internal enum FieldName : byte
{
    /// <summary>Any other field: checked for its form and ignored.</summary>
    Other,

    /// <summary>RFC 9110 §7.2.</summary>
    Host,

    /// <summary>RFC 9110 §7.6.1.</summary>
    Connection,

    /// <summary>RFC 9110 §8.6.</summary>
    ContentLength,

    /// <summary>RFC 9112 §6.1.</summary>
    TransferEncoding,

    /// <summary>RFC 9110 §8.3.</summary>
    ContentType,

    /// <summary>RFC 9110 §10.1.1.</summary>
    Expect,

    /// <summary>RFC 9110 §13.1.1.</summary>
    IfMatch,

    /// <summary>RFC 9110 §13.1.2.</summary>
    IfNoneMatch,

    /// <summary>RFC 9110 §13.1.3.</summary>
    IfModifiedSince,

    /// <summary>RFC 9110 §13.1.4.</summary>
    IfUnmodifiedSince,

    /// <summary>RFC 9110 §13.1.5.</summary>
    IfRange,

    /// <summary>RFC 9110 §14.2.</summary>
    Range,

    /// <summary>RFC 6454 §7.</summary>
    Origin,
}
