using System;

namespace NooksOS.Extensions.KHttpd.Content;

/// <summary>The media types of what is served.</summary>
internal static class MediaTypes
{
    /// <summary>Bytes that mean nothing.</summary>
    public static readonly byte[] Bytes = "application/octet-stream"u8.ToArray();

    /// <summary>Plain text.</summary>
    public static readonly byte[] Text = "text/plain; charset=utf-8"u8.ToArray();

    /// <summary>JSON.</summary>
    public static readonly byte[] Json = "application/json"u8.ToArray();

    /// <summary>A page.</summary>
    public static readonly byte[] Html = "text/html; charset=utf-8"u8.ToArray();

    /// <summary>A style sheet.</summary>
    public static readonly byte[] Style = "text/css; charset=utf-8"u8.ToArray();

    /// <summary>A script.</summary>
    public static readonly byte[] Script = "text/javascript; charset=utf-8"u8.ToArray();

    /// <summary>A drawing.</summary>
    public static readonly byte[] Drawing = "image/svg+xml"u8.ToArray();

    /// <summary>Server-sent events.</summary>
    public static readonly byte[] Events = "text/event-stream"u8.ToArray();
}
