using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NooksOS.Tool.Floods;

/// <summary>HTTP requests that are broken in random ways. None of them is an order to crash something.</summary>
public sealed class RequestFuzzer(int seed)
{
    private const int MostChanges = 6;
    private const int LongestBytes = 20_000;

    private static readonly byte[][] s_examples =
    [
        .. Encode(
            "GET / HTTP/1.1\r\nHost: 10.0.2.15\r\nIf-None-Match: \"x\"\r\nRange: bytes=1-2,4-\r\n\r\n",
            "HEAD http://10.0.2.15:80/random/100000?x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            "GET /random/5000 HTTP/1.1\r\nHost: a\r\nRange: bytes=-5\r\n\r\nGET /random/7 HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST /sha256 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n5;a=b\r\nhello\r\n0\r\nT: x\r\n\r\n",
            "POST /discard HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 3\r\n\r\nabcOPTIONS * HTTP/1.1\r\nHost:\r\n\r\n",
            "GET /api/domains HTTP/1.1\r\nHost: a\r\nAccept: */*\r\n\r\n"),
    ];

    private static readonly byte[][] s_words =
    [
        .. Encode(
            "\r\n", "\r\n\r\n", "\r", "\n", " ", "\t", ":", ",", ";", "%2e", "%00", "/../", "HTTP/1.0", "HTTP/2.0", "GET ", "POST ", "/",
            "Content-Length: ", "Content-Length: 10\r\n", "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n",
            "Expect: 100-continue\r\n", "Range: bytes=", "9223372036854775807", "18446744073709551616", "ffffffffffffffff", "0\r\n\r\n", "\0"),
    ];

    private readonly Random _random = new(seed);

    /// <summary>Makes the next request.</summary>
    public byte[] Next()
    {
        List<byte> request = [.. Draw(s_examples)];
        for (int count = _random.Next(1, MostChanges + 1); count > 0; count--)
        {
            Change(request);
        }

        return [.. request.Take(LongestBytes)];
    }

    private static IEnumerable<byte[]> Encode(params string[] texts) => texts.Select(Encoding.Latin1.GetBytes);

    private void Change(List<byte> request)
    {
        int position = _random.Next(request.Count + 1);
        int length = _random.Next(1 + Math.Min(request.Count - position, 64));
        switch (_random.Next(6))
        {
            case 0:
                request.InsertRange(position, Draw(s_words));
                break;
            case 1:
                request.RemoveRange(position, length);
                break;
            case 2:
                request.InsertRange(position, [.. request.Skip(position).Take(length)]);
                break;
            case 3:
                request.InsertRange(position, Enumerable.Repeat((byte)_random.Next(), _random.Next(1, LongestBytes)));
                break;
            case 4:
                request.AddRange(Draw(s_examples));
                break;
            default:
                request.Insert(position, (byte)_random.Next());
                break;
        }
    }

    private byte[] Draw(byte[][] choices) => choices[_random.Next(choices.Length)];
}
