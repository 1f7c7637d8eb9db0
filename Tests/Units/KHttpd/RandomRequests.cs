using System;
using System.Linq;
using System.Text;
using NooksOS.Extensions.KHttpd;
using NooksOS.Tests.Units.Fuzzing;
using Xunit;

namespace NooksOS.Tests.Units.KHttpd;

/// <summary>Requests that nobody would think of, found by what they reach in the server.</summary>
public sealed class RandomRequests
{
    private const int Requests = 100_000;
    private const int MaximumBytes = 40_000;

    private static readonly string[] s_examples =
    [
        "GET /file HTTP/1.1\r\nHost: 10.0.2.15\r\nIf-None-Match: \"x\"\r\nRange: bytes=1-2,4-\r\n\r\n",
        "HEAD http://10.0.2.15:80/random/100000?x HTTP/1.0\r\nConnection: keep-alive\r\nIf-Modified-Since: Sun Nov  6 07:49:37 1994\r\n\r\n",
        "POST /sha256 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n5;a=b\r\nhello\r\n0\r\nT: x\r\n\r\n",
        "POST /api/crash HTTP/1.1\r\nHost: 10.0.2.15\r\nOrigin: http://10.0.2.15\r\nContent-Type: application/json\r\n"
            + "Content-Length: 37\r\n\r\n{\"extension\":\"e1000\",\"kind\":\"silent\"}",
        "POST /discard HTTP/1.1\r\nHost: [::1]\r\nContent-Length: 3\r\n\r\nabcOPTIONS * HTTP/1.1\r\nHost:\r\n\r\n",
        "GET /events?count=2 HTTP/1.1\r\nHost: a\r\nIf-Range: Sunday, 06-Nov-94 08:49:37 GMT\r\n\r\n",
    ];

    private static readonly string[] s_dictionary =
    [
        "\r\n", "\r\n\r\n", "\r", "\n", " ", "\t", ":", ",", ";", "%2e", "%00", "/../", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0",
        "GET ", "HEAD ", "POST ", "OPTIONS ", "/", "/file", "/empty", "/random/50000", "/random/0", "/sha256", "/discard", "/events",
        "/api/domains", "/api/isolate", "Host: a\r\n", "Connection: close\r\n", "Connection: keep-alive\r\n", "Content-Length: ",
        "Content-Length: 10\r\n", "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n", "Expect: 100-continue\r\n",
        "If-Match: *\r\n", "If-None-Match: W/\"", "If-Unmodified-Since: ", "If-Modified-Since: Sun, 06 Nov 1994 07:49:37 GMT\r\n",
        "If-Range: ", "Range: bytes=", "0-0", "-5", "9223372036854775807", "18446744073709551616", "ffffffffffffffff", "0\r\n\r\n",
        "{\"extension\":\"tcpip\",\"mode\":\"direct\"}", "\\u0041", "\u00FF", "\0",
    ];

    [Fact]
    public void NothingThrowsNothingHangsAndNothingStays()
    {
        CountingContext context = new(typeof(KHttpdExtension).Assembly);
        Fuzzer fuzzer = new(20260, s_examples.Select(Encode), s_dictionary.Select(Encode), context.Hits, MaximumBytes);
        Action<byte[]> target = context.Bind<Action<byte[]>>(typeof(FuzzTarget).FullName!, nameof(FuzzTarget.Run));
        fuzzer.Run(target, 0);
        int reachedByExamples = fuzzer.BlocksReached;
        fuzzer.Run(target, Requests);

        // Far fewer would mean that the counting does not work, and the search was blind.
        Assert.True(
            fuzzer.BlocksReached > reachedByExamples * 11 / 10 && fuzzer.Corpus.Count > 100,
            $"{reachedByExamples} blocks by examples, {fuzzer.BlocksReached} of {context.Hits.Length} in the end, {fuzzer.Corpus.Count} inputs kept");
    }

    private static byte[] Encode(string text) => Encoding.Latin1.GetBytes(text);
}
