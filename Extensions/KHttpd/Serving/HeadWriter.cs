using System;
using NooksOS.Extensions.KHttpd.Content;
using NooksOS.Extensions.KHttpd.Messages;

namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>Writes the heads of responses (RFC 9112 §4, RFC 9110 §10.2).</summary>
internal static class HeadWriter
{
    /// <summary>No head is larger.</summary>
    public const int MaximumBytes = 1024;

    // The page may load from here only, and run no script but its own file.
    private static ReadOnlySpan<byte> ContentPolicy
        => "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n"u8;

    /// <summary>Writes a head and returns its length.</summary>
    /// <param name="buffer">At least <see cref="MaximumBytes"/>.</param>
    /// <param name="reply">What is replied.</param>
    /// <param name="request">What has to be known about the request.</param>
    /// <param name="nowSeconds">The time now, in seconds since 1970.</param>
    public static int Write(Span<byte> buffer, in Reply reply, RequestTraits request, long nowSeconds)
    {
        TextWriter writer = new(buffer);
        writer.Write("HTTP/1.1 "u8);
        writer.Write((long)reply.Status);
        writer.Write(" "u8);
        writer.Write(reply.Status.Phrase());
        writer.Write("\r\nServer: kHTTPd\r\nDate: "u8);
        writer.WriteDate(nowSeconds);
        writer.Write("\r\n"u8);
        if (!request.IsPersistent)
        {
            writer.Write("Connection: close\r\n"u8);
        }
        else if (!request.IsVersion11)
        {
            writer.Write("Connection: keep-alive\r\n"u8);
        }

        if (reply.Allowed != RequestMethods.None)
        {
            WriteAllowed(ref writer, reply.Allowed);
        }

        if (reply.IsEventStream)
        {
            writer.Write("Content-Type: "u8);
            writer.Write(MediaTypes.Events);
            writer.Write("\r\nCache-Control: no-store\r\n"u8);
            writer.Write(request.IsVersion11 ? "Transfer-Encoding: chunked\r\n"u8 : default);
        }

        if (reply.Content is { } content)
        {
            WriteContentFields(ref writer, reply, content);
        }

        writer.Write("\r\n"u8);
        return writer.Length;
    }

    private static void WriteContentFields(ref TextWriter writer, in Reply reply, Representation content)
    {
        bool hasBody = !reply.Status.IsBodiless();
        if (hasBody)
        {
            writer.Write("Content-Type: "u8);
            writer.Write(content.MediaType);
            writer.Write("\r\nContent-Length: "u8);
            writer.Write(reply.Part.LengthBytes);
            writer.Write("\r\nX-Content-Type-Options: nosniff\r\n"u8);
        }

        if (reply.CompleteLengthBytes >= 0)
        {
            writer.Write("Content-Range: bytes "u8);
            if (reply.Status == StatusCode.PartialContent)
            {
                writer.Write(reply.Part.Start);
                writer.Write("-"u8);
                writer.Write(reply.Part.Last);
            }
            else
            {
                writer.Write("*"u8);
            }

            writer.Write("/"u8);
            writer.Write(reply.CompleteLengthBytes);
            writer.Write("\r\n"u8);
        }

        if (!content.EntityTag.IsEmpty)
        {
            writer.Write("ETag: "u8);
            writer.Write(content.EntityTag);
            writer.Write("\r\nAccept-Ranges: bytes\r\n"u8);
        }

        if (content.ModifiedSeconds != 0)
        {
            writer.Write("Last-Modified: "u8);
            writer.WriteDate(content.ModifiedSeconds);
            writer.Write("\r\n"u8);
        }

        writer.Write(content.IsVolatile ? "Cache-Control: no-store\r\n"u8 : "Cache-Control: no-cache\r\n"u8);
        if (hasBody && content.MediaType.SequenceEqual(MediaTypes.Html))
        {
            writer.Write(ContentPolicy);
        }
    }

    private static void WriteAllowed(ref TextWriter writer, RequestMethods methods)
    {
        writer.Write("Allow: OPTIONS"u8);
        if (methods.HasFlag(RequestMethods.Read))
        {
            writer.Write(", GET, HEAD"u8);
        }

        if (methods.HasFlag(RequestMethods.Post))
        {
            writer.Write(", POST"u8);
        }

        writer.Write("\r\n"u8);
    }
}
