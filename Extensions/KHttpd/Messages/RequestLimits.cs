namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>How large the parts of a request may be. What is larger is refused before it is kept.</summary>
internal static class RequestLimits
{
    /// <summary>Request line without its end. RFC 9112 §3 wants at least 8000.</summary>
    public const int RequestLineBytes = 8192;

    /// <summary>One field line without its end.</summary>
    public const int FieldLineBytes = 8192;

    /// <summary>How many field lines there may be.</summary>
    public const int FieldLines = 100;

    /// <summary>Request line and fields together, with all line ends.</summary>
    public const int HeadBytes = 16384;

    /// <summary>A method; a longer one is none that anybody has heard of.</summary>
    public const int MethodBytes = 32;

    /// <summary>The line with the size of a chunk and its extensions.</summary>
    public const int ChunkLineBytes = 256;

    /// <summary>The trailer section of a chunked body.</summary>
    public const int TrailerBytes = 4096;

    /// <summary>Decimal digits of a content length: as many as a 64-bit number surely holds.</summary>
    public const int LengthDigits = 18;

    /// <summary>Hexadecimal digits of a chunk size.</summary>
    public const int ChunkSizeDigits = 15;

    /// <summary>Ranges in one request; with more, the whole content is sent instead.</summary>
    public const int Ranges = 16;
}
