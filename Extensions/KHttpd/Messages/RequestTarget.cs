using System;

namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>A request target, taken apart (RFC 9112 §3.2). Positions count from the beginning of the head.</summary>
internal struct RequestTarget
{
    /// <summary>Which form it has.</summary>
    public RequestTargetForm Form { get; private set; }

    /// <summary>Where the authority is, in the absolute form.</summary>
    public int AuthorityStart { get; private set; }

    /// <summary>Length of the authority; 0 in the other forms.</summary>
    public int AuthorityLength { get; private set; }

    /// <summary>Length of the decoded path.</summary>
    public int PathLength { get; private set; }

    /// <summary>Where the query is.</summary>
    public int QueryStart { get; private set; }

    /// <summary>Length of the query; 0 if there is none.</summary>
    public int QueryLength { get; private set; }

    /// <summary>
    /// Takes a target apart and decodes its path.
    /// </summary>
    /// <param name="target">The target, of target text only.</param>
    /// <param name="start">Where it is in the head.</param>
    /// <param name="path">Room for the path.</param>
    public bool TryParse(ReadOnlySpan<byte> target, int start, Span<byte> path)
    {
        this = default;
        if (target.SequenceEqual("*"u8))
        {
            Form = RequestTargetForm.Asterisk;
            return true;
        }

        if (target.Length == 0)
        {
            return false;
        }

        if (target[0] != (byte)'/')
        {
            ReadOnlySpan<byte> scheme = "http://"u8;
            if (target.Length <= scheme.Length || !Characters.AreEqualIgnoringCase(target[..scheme.Length], scheme))
            {
                return false;
            }

            Form = RequestTargetForm.Absolute;
            ReadOnlySpan<byte> rest = target[scheme.Length..];
            int end = rest.IndexOfAny((byte)'/', (byte)'?');
            AuthorityStart = start + scheme.Length;
            AuthorityLength = end < 0 ? rest.Length : end;
            if (AuthorityLength == 0 || !IsAuthority(rest[..AuthorityLength]))
            {
                return false;
            }

            start = AuthorityStart + AuthorityLength;
            target = rest[AuthorityLength..];
        }

        int question = target.IndexOf((byte)'?');
        if (question >= 0)
        {
            QueryStart = start + question + 1;
            QueryLength = target.Length - question - 1;
            target = target[..question];
        }

        return TryDecode(target, path);
    }

    /// <summary>
    /// Whether the text can be a host and a port (RFC 3986 §3.2.2, §3.2.3). User information is refused: RFC 9110 §4.2.4 calls it
    /// likely to be an attempt to deceive. Empty is what a client without a host sends.
    /// </summary>
    public static bool IsAuthority(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        int hostEnd = text[0] == (byte)'[' ? text.IndexOf((byte)']') + 1 : text.IndexOf((byte)':');
        if (text[0] == (byte)'[' && hostEnd == 0)
        {
            return false;
        }

        ReadOnlySpan<byte> host = hostEnd < 0 ? text : text[..hostEnd];
        ReadOnlySpan<byte> port = hostEnd < 0 ? default : text[hostEnd..];
        ReadOnlySpan<byte> name = text[0] == (byte)'[' ? host[1..^1] : host;
        return !name.IsEmpty
            && name.IndexOfAny("@/?#[]%"u8) < 0
            && name.ContainsOnlyTargetText()
            && (port.IsEmpty || (port[0] == (byte)':' && port[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0));
    }

    // Refused are a path with a NUL, an encoded slash or a dot segment: no resource here has one, and each is a way to make two
    // readers see two paths.
    private bool TryDecode(ReadOnlySpan<byte> text, Span<byte> path)
    {
        if (text.IsEmpty)
        {
            // RFC 9110 §4.2.3: an empty path of an absolute form is "/".
            path[0] = (byte)'/';
            PathLength = 1;
            return true;
        }

        int length = 0;
        int segmentStart = 1;
        for (int index = 0; index < text.Length; index++)
        {
            byte value = text[index];
            if (value == (byte)'%')
            {
                value = (byte)((Characters.HexadecimalDigit(text[index + 1]) << 4) | Characters.HexadecimalDigit(text[index + 2]));
                index += 2;
                if (value is 0 or (byte)'/')
                {
                    return false;
                }
            }
            else if (value == (byte)'/' && length != 0)
            {
                if (IsDots(path[segmentStart..length]))
                {
                    return false;
                }

                segmentStart = length + 1;
            }

            path[length++] = value;
        }

        PathLength = length;
        return !IsDots(path[segmentStart..length]);
    }

    private static bool IsDots(ReadOnlySpan<byte> segment) => segment.SequenceEqual("."u8) || segment.SequenceEqual(".."u8);
}
