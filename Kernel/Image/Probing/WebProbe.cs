using System;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using System.Threading.Tasks;
using NooksOS.Contracts;
using NooksOS.Files;
using NooksOS.Isolation.Injection;
using NooksOS.Sockets;

namespace NooksOS.Image.Probing;

/// <summary>
/// Asks the web server three things over one connection: the digest of an upload, a file of which every byte is known, and one that there is
/// not.
/// </summary>
internal sealed class WebProbe(string extension) : IProbe
{
    private const ushort WebPort = 80;

    // More than a server takes at once: it must come back to an upload that it has begun.
    private const int UploadBytes = 20_000;
    private const int FileBytes = 24 * 1024;
    private const int HeadBytes = 2048;

    private static readonly byte[] s_file = MakeContent(FileBytes);
    private static readonly byte[] s_upload = [.. "POST /sha256 HTTP/1.1\r\nHost: 127.0.0.1:80\r\nContent-Length: 20000\r\n\r\n"u8, .. s_file.AsSpan(0, UploadBytes)];
    private static readonly byte[] s_digest = Encoding.ASCII.GetBytes(DigestOf(s_file.AsSpan(0, UploadBytes)) + "\n");
    private static readonly byte[] s_found = [.. "HTTP/1.1 200 OK\r\n"u8];
    private static readonly byte[] s_missing = [.. "HTTP/1.1 404 Not Found\r\n"u8];
    private static readonly byte[] s_nothing = [.. "GET /there/is/no/such/file HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n"u8];
    private static readonly byte[] s_download = [.. "GET /random/24576 HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n"u8];

    private readonly byte[] _answer = new byte[HeadBytes + FileBytes];

    /// <inheritdoc/>
    public string Extension => extension;

    /// <inheritdoc/>
    public bool IsOfStack => false;

    /// <inheritdoc/>
    public async Task<string?> AskAsync(SocketLoop loop, IPAddress address, ushort port)
    {
        AsyncSocket socket = new(loop, SocketKind.Stream);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            await socket.ConnectAsync(new IPEndPoint(address, WebPort));
            return await AskOneAsync(socket, s_upload, s_found, s_digest)
                ?? await AskOneAsync(socket, s_download, s_found, s_file)
                ?? await AskOneAsync(socket, s_nothing, s_missing, expected: null);
        }
        finally
        {
            socket.Abort();
        }
    }

    // What a refusal says besides its head does not matter.
    private async Task<string?> AskOneAsync(AsyncSocket socket, byte[] request, byte[] status, byte[]? expected)
    {
        await socket.SendAsync(request);
        int length = 0;
        while (true)
        {
            int part = await socket.ReceiveAsync(_answer.AsMemory(length));
            if (part == 0)
            {
                return "a connection ends within an answer";
            }

            length += part;
            int headBytes = _answer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) + 4;
            if (headBytes >= 4 && Complaint(_answer.AsSpan(0, headBytes), status, expected?.Length) is { } complaint)
            {
                return complaint;
            }

            if (headBytes >= 4 && expected is null)
            {
                return null;
            }

            bool isWhole = headBytes >= 4 && length >= headBytes + expected!.Length;
            if (isWhole || length == _answer.Length)
            {
                return isWhole && _answer.AsSpan(headBytes, length - headBytes).SequenceEqual(expected) ? null : "an answer has other bytes";
            }
        }
    }

    private static string? Complaint(ReadOnlySpan<byte> head, ReadOnlySpan<byte> status, int? expectedBytes)
    {
        ReadOnlySpan<byte> field = "\r\nContent-Length: "u8;
        if (!head.StartsWith(status))
        {
            return $"a request is answered wrongly: {Encoding.ASCII.GetString(head[..head.IndexOf((byte)'\r')])}";
        }

        if (head.IndexOf("\r\nTransfer-Encoding:"u8) >= 0 || !HasOnlyFields(head[(head.IndexOf((byte)'\n') + 1)..]))
        {
            return "an answer has a head that is none";
        }

        int position = head.IndexOf(field);
        bool isRight = position >= 0
            && Utf8Parser.TryParse(head[(position + field.Length)..], out int length, out _)
            && (expectedBytes is null || length == expectedBytes);
        return isRight ? null : "an answer has another length";
    }

    // Each line a name, a colon and something (RFC 9112 §5); the last one is empty.
    private static bool HasOnlyFields(ReadOnlySpan<byte> lines)
    {
        while (!lines.SequenceEqual("\r\n"u8))
        {
            int end = lines.IndexOf("\r\n"u8);
            int colon = lines.IndexOf((byte)':');
            if (colon <= 0 || colon > end || lines[..colon].IndexOfAny((byte)' ', (byte)'\n', (byte)'\r') >= 0)
            {
                return false;
            }

            lines = lines[(end + 2)..];
        }

        return true;
    }

    /// <summary>The file: its n-th word is the n-th number that follows from seed zero.</summary>
    public static byte[] MakeContent(int lengthBytes)
    {
        byte[] file = new byte[lengthBytes];
        SeededRandom words = new(0);
        for (int offset = 0; offset < file.Length; offset += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(offset), words.Next());
        }

        return file;
    }

    private static string DigestOf(ReadOnlySpan<byte> content)
    {
        Sha256 digest = new();
        digest.Append(content);
        byte[] bytes = new byte[Sha256.DigestBytes];
        digest.Finish(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
