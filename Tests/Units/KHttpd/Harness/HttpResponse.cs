using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NooksOS.Tests.Units.KHttpd.Harness;

/// <summary>A response, read with a client's eyes: whatever is not exactly as RFC 9112 has it throws.</summary>
internal sealed record HttpResponse(int Status, IReadOnlyList<KeyValuePair<string, string>> Fields, byte[] Body)
{
    public string Text => Encoding.Latin1.GetString(Body);

    public string? this[string name]
        => Fields.SingleOrDefault(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Reads all responses in a stream. <paramref name="methods"/> are those of the requests, all GET without.</summary>
    public static List<HttpResponse> ReadAll(byte[] bytes, params string[] methods)
    {
        List<HttpResponse> responses = [];
        int position = 0;
        while (position < bytes.Length)
        {
            string method = responses.Count < methods.Length ? methods[responses.Count] : "GET";
            responses.Add(Read(bytes, ref position, method));
        }

        return responses;
    }

    private static HttpResponse Read(byte[] bytes, ref int position, string method)
    {
        int end = bytes.AsSpan(position).IndexOf("\r\n\r\n"u8);
        Require(end >= 0, "a head without an end");
        string[] lines = Encoding.Latin1.GetString(bytes, position, end).Split("\r\n");
        position += end + 4;
        Require(lines[0].StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && lines[0].Length > 13, $"a status line '{lines[0]}'");
        int status = int.Parse(lines[0].AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        List<KeyValuePair<string, string>> fields = [];
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            Require(colon > 0 && !line.Any(char.IsControl), $"a field '{line}'");
            fields.Add(new(line[..colon], line[(colon + 2)..]));
        }

        HttpResponse response = new(status, fields, []);
        Require(status < 200 || response["Date"] is { Length: 29 }, "no date");
        if (status is < 200 or 204 or 304 || method == "HEAD")
        {
            return response;
        }

        if (response["Transfer-Encoding"] == "chunked")
        {
            return response with { Body = ReadChunks(bytes, ref position) };
        }

        int length = response["Content-Length"] is { } stated
            ? int.Parse(stated, NumberStyles.None, CultureInfo.InvariantCulture)
            : bytes.Length - position;
        Require(position + length <= bytes.Length, $"{bytes.Length - position} bytes of {length}");
        position += length;
        return response with { Body = bytes[(position - length)..position] };
    }

    // Takes also the beginning of a body that is not complete.
    private static byte[] ReadChunks(byte[] bytes, ref int position)
    {
        List<byte> body = [];
        while (position < bytes.Length)
        {
            int lineEnd = position + bytes.AsSpan(position).IndexOf("\r\n"u8);
            int size = int.Parse(
                Encoding.Latin1.GetString(bytes, position, lineEnd - position), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            position = lineEnd + 2;
            body.AddRange(bytes.AsSpan(position, size));
            position += size;
            Require(bytes.AsSpan(position, 2).SequenceEqual("\r\n"u8), "a chunk without an end");
            position += 2;
            if (size == 0)
            {
                break;
            }
        }

        return [.. body];
    }

    private static void Require(bool condition, string found)
    {
        if (!condition)
        {
            throw new FormatException($"The response has {found}.");
        }
    }
}
