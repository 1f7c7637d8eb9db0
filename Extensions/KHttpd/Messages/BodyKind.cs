namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>How the end of a request's body is found (RFC 9112 §6.3).</summary>
internal enum BodyKind : byte
{
    /// <summary>Neither field is there: no body.</summary>
    None,

    /// <summary>Content-Length says how many bytes there are.</summary>
    Length,

    /// <summary>The chunked coding says it.</summary>
    Chunked,
}
