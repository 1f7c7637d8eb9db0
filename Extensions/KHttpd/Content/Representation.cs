using System;

namespace NooksOS.Extensions.KHttpd.Content;

/// <summary>
/// What a response carries: bytes of a known number that can be read from any position, any number of times. So nothing of a
/// response has to be kept but how far it is.
/// </summary>
internal abstract class Representation
{
    /// <summary>How many bytes there are.</summary>
    public abstract long LengthBytes { get; }

    /// <summary>The media type, as in Content-Type.</summary>
    public abstract ReadOnlySpan<byte> MediaType { get; }

    /// <summary>A strong entity tag with its quotes (RFC 9110 §8.8.3); empty if there is none. At most 66 bytes.</summary>
    public virtual ReadOnlySpan<byte> EntityTag => default;

    /// <summary>When it was changed last, in seconds since 1970; 0 if that is not known.</summary>
    public virtual long ModifiedSeconds => 0;

    /// <summary>Whether the next request may see other bytes, so that nobody may keep these.</summary>
    public virtual bool IsVolatile => EntityTag.IsEmpty;

    /// <summary>Fills the destination with the bytes from an offset on; all of them exist.</summary>
    public abstract void Read(long offset, Span<byte> destination);
}
