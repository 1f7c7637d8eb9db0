namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>The status codes that this server answers with (RFC 9110 §15, RFC 6585 §5).</summary>
internal enum StatusCode : ushort
{
    /// <summary>None yet.</summary>
    None = 0,

    /// <summary>The body may be sent.</summary>
    Continue = 100,

    /// <summary>The request succeeded.</summary>
    Ok = 200,

    /// <summary>The request was taken and will be acted on.</summary>
    Accepted = 202,

    /// <summary>The request succeeded and there is nothing to say about it.</summary>
    NoContent = 204,

    /// <summary>One or several ranges of the content.</summary>
    PartialContent = 206,

    /// <summary>What the client holds is still current.</summary>
    NotModified = 304,

    /// <summary>The request is malformed, or so ambiguous that another reader might see another request.</summary>
    BadRequest = 400,

    /// <summary>The request may not be made from where it comes from.</summary>
    Forbidden = 403,

    /// <summary>There is nothing under that path.</summary>
    NotFound = 404,

    /// <summary>The method does not apply to the target.</summary>
    MethodNotAllowed = 405,

    /// <summary>The request was not complete in time.</summary>
    RequestTimeout = 408,

    /// <summary>The target is not in a state in which this can be done.</summary>
    Conflict = 409,

    /// <summary>A body is needed and its length is not stated.</summary>
    LengthRequired = 411,

    /// <summary>If-Match or If-Unmodified-Since does not hold.</summary>
    PreconditionFailed = 412,

    /// <summary>The body is larger than the target takes.</summary>
    ContentTooLarge = 413,

    /// <summary>The request target is too long.</summary>
    UriTooLong = 414,

    /// <summary>The body is of a type that the target does not take.</summary>
    UnsupportedMediaType = 415,

    /// <summary>No range that was asked for lies in the content.</summary>
    RangeNotSatisfiable = 416,

    /// <summary>An expectation other than 100-continue.</summary>
    ExpectationFailed = 417,

    /// <summary>A field, or all fields together, are too large.</summary>
    RequestHeaderFieldsTooLarge = 431,

    /// <summary>The method, or a transfer coding, is not implemented.</summary>
    NotImplemented = 501,

    /// <summary>There is no room for another connection, or the kernel does not answer.</summary>
    ServiceUnavailable = 503,

    /// <summary>A major version other than 1.</summary>
    VersionNotSupported = 505,
}
