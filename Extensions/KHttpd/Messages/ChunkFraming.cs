using System;

namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>Encodes content of unknown length (RFC 9112 §7.1).</summary>
internal static class ChunkFraming
{
    // Sixteen digits and two line ends.
    private const int OverheadBytes = 20;

    /// <summary>The chunk that ends a body without trailer fields.</summary>
    public static ReadOnlySpan<byte> Last => "0\r\n\r\n"u8;

    /// <summary>Makes one chunk of data that is not empty.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> data)
    {
        byte[] buffer = new byte[data.Length + OverheadBytes];
        TextWriter writer = new(buffer);
        writer.WriteHexadecimal(data.Length);
        writer.Write("\r\n"u8);
        writer.Write(data);
        writer.Write("\r\n"u8);
        return buffer[..writer.Length];
    }
}
