using System;

namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>What there is to know about a status code.</summary>
internal static class StatusCodes
{
    /// <summary>The reason phrase of RFC 9110 §15.</summary>
    public static ReadOnlySpan<byte> Phrase(this StatusCode status) => status switch
    {
        StatusCode.Continue => "Continue"u8,
        StatusCode.Ok => "OK"u8,
        StatusCode.Accepted => "Accepted"u8,
        StatusCode.NoContent => "No Content"u8,
        StatusCode.PartialContent => "Partial Content"u8,
        StatusCode.NotModified => "Not Modified"u8,
        StatusCode.BadRequest => "Bad Request"u8,
        StatusCode.Forbidden => "Forbidden"u8,
        StatusCode.NotFound => "Not Found"u8,
        StatusCode.MethodNotAllowed => "Method Not Allowed"u8,
        StatusCode.RequestTimeout => "Request Timeout"u8,
        StatusCode.Conflict => "Conflict"u8,
        StatusCode.LengthRequired => "Length Required"u8,
        StatusCode.PreconditionFailed => "Precondition Failed"u8,
        StatusCode.ContentTooLarge => "Content Too Large"u8,
        StatusCode.UriTooLong => "URI Too Long"u8,
        StatusCode.UnsupportedMediaType => "Unsupported Media Type"u8,
        StatusCode.RangeNotSatisfiable => "Range Not Satisfiable"u8,
        StatusCode.ExpectationFailed => "Expectation Failed"u8,
        StatusCode.RequestHeaderFieldsTooLarge => "Request Header Fields Too Large"u8,
        StatusCode.NotImplemented => "Not Implemented"u8,
        StatusCode.ServiceUnavailable => "Service Unavailable"u8,
        StatusCode.VersionNotSupported => "HTTP Version Not Supported"u8,
        _ => default,
    };

    /// <summary>Whether a response with this status never has content, not even of length 0 (RFC 9112 §6.3).</summary>
    public static bool IsBodiless(this StatusCode status)
        => (ushort)status < 200 || status is StatusCode.NoContent or StatusCode.NotModified;
}
