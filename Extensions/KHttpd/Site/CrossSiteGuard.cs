using System;
using NooksOS.Extensions.KHttpd.Messages;

namespace NooksOS.Extensions.KHttpd.Site;

/// <summary>
/// Keeps other sites' pages from acting through a browser that can reach this machine. A browser names the page's origin in every
/// POST (Fetch, section "append a request Origin header"), lets no page send JSON elsewhere without asking first, and a page that gave
/// itself our address by way of its own name in DNS still says that name in Host. Clients that are no browsers name no origin.
/// </summary>
internal static class CrossSiteGuard
{
    private const int AddressParts = 4;

    /// <summary>Returns <see cref="StatusCode.None"/>, or what to refuse the request with.</summary>
    public static StatusCode Check(RequestHead head)
    {
        ReadOnlySpan<byte> authority = head.Authority;
        if (!IsOwnAuthority(authority))
        {
            return StatusCode.Forbidden;
        }

        if (head.TryGet(FieldName.Origin, out ReadOnlySpan<byte> origin))
        {
            ReadOnlySpan<byte> scheme = "http://"u8;
            if (!origin.StartsWith(scheme) || !origin[scheme.Length..].SequenceEqual(authority))
            {
                return StatusCode.Forbidden;
            }
        }

        ReadOnlySpan<byte> type = head.Get(FieldName.ContentType);
        int semicolon = type.IndexOf((byte)';');
        return Characters.AreEqualIgnoringCase(Characters.Trim(semicolon < 0 ? type : type[..semicolon]), "application/json"u8)
            ? StatusCode.None
            : StatusCode.UnsupportedMediaType;
    }

    // This machine has no name; it is called by an address, or through a forwarded port of localhost.
    private static bool IsOwnAuthority(ReadOnlySpan<byte> authority)
    {
        if (authority.IsEmpty)
        {
            return false;
        }

        if (authority[0] == (byte)'[')
        {
            return true;
        }

        int colon = authority.IndexOf((byte)':');
        ReadOnlySpan<byte> host = colon < 0 ? authority : authority[..colon];
        return Characters.AreEqualIgnoringCase(host, "localhost"u8) || IsAddress(host);
    }

    private static bool IsAddress(ReadOnlySpan<byte> host)
    {
        int parts = 0;
        foreach (Range range in host.Split((byte)'.'))
        {
            ReadOnlySpan<byte> part = host[range];
            if (part.Length is 0 or > 3 || part.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
            {
                return false;
            }

            parts++;
        }

        return parts == AddressParts;
    }
}
