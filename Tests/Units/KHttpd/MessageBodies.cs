using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using NooksOS.Tests.Units.KHttpd.Harness;
using Xunit;

namespace NooksOS.Tests.Units.KHttpd;

/// <summary>RFC 9112 §6 and §7: where a body ends, for every reader the same.</summary>
public sealed class MessageBodies
{
    private const string Post = "POST /sha256 HTTP/1.1\r\nHost: a\r\n";
    private const string Next = "GET /file HTTP/1.1\r\nHost: a\r\n\r\n";
    private const string Chunked = "Transfer-Encoding: chunked\r\n";

    [Theory]
    [InlineData("Content-Length: 3\r\n" + Chunked, 400)]
    [InlineData(Chunked + "Content-Length: 3\r\n", 400)]
    [InlineData("Content-Length: 3\r\nContent-Length: 3\r\n", 400)]
    [InlineData("Content-Length: 3, 3\r\n", 400)]
    [InlineData("Content-Length: +3\r\n", 400)]
    [InlineData("Content-Length: -3\r\n", 400)]
    [InlineData("Content-Length: 0x3\r\n", 400)]
    [InlineData("Content-Length: 3 \u00A0\r\n", 400)]
    [InlineData("Content-Length:\r\n", 400)]
    [InlineData("Content-Length: 99999999999999999999999\r\n", 413)]
    [InlineData(Chunked + Chunked, 400)]
    [InlineData("Transfer-Encoding: chunked, chunked\r\n", 400)]
    [InlineData("Transfer-Encoding: gzip\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked, gzip\r\n", 400)]
    [InlineData("Transfer-Encoding: xchunked\r\n", 400)]
    [InlineData("Transfer-Encoding: \"chunked\"\r\n", 400)]
    [InlineData("Transfer-Encoding:\r\n", 400)]
    [InlineData("Transfer-Encoding: chunked;a=b\r\n", 400)]
    [InlineData("Transfer-Encoding : chunked\r\n", 400)]
    [InlineData("Transfer-Encoding:\r\n chunked\r\n", 400)]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n", 501)]
    [InlineData("", 411)]
    public void AnAmbiguousLengthIsRefusedAndNothingIsReadBehindIt(string fields, int status)
    {
        List<HttpResponse> responses = new ServerRig().Exchange(Post + fields + "\r\n0\r\n\r\n" + Next);
        Assert.Equal(status, responses[0].Status);
        if (status != 411)
        {
            Assert.Single(responses);
        }
    }

    [Fact]
    public void ACodingOfAnOldClientIsRefused()
        => Assert.Equal(400, new ServerRig().Exchange($"POST /sha256 HTTP/1.0\r\n{Chunked}\r\n0\r\n\r\n").Single().Status);

    [Theory]
    [InlineData("3\r\nabc\r\n0\r\n\r\n", "abc")]
    [InlineData("1\r\na\r\n002\r\nbc\r\n00\r\n\r\n", "abc")]
    [InlineData("a;x\r\n0123456789\r\n0;last\r\n\r\n", "0123456789")]
    [InlineData("A \t;x=\"y\"\r\n0123456789\r\n0\r\nT: a\r\nU:\r\n\r\n", "0123456789")]
    [InlineData("0\r\n\r\n", "")]
    public void ChunksAreJoined(string encoded, string body)
    {
        List<HttpResponse> responses = new ServerRig().Exchange(Post + "Transfer-Encoding: CHUNKED\r\n\r\n" + encoded + Next);
        Assert.Equal([200, 200], responses.Select(response => response.Status));
        Assert.Equal(Digest(Encoding.ASCII.GetBytes(body)) + "\n", responses[0].Text);
        Assert.Equal(ServerRig.FileText, responses[1].Text);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData(";x\r\n")]
    [InlineData("3\nabc\r\n0\r\n\r\n")]
    [InlineData("3\r\nabcd\r\n0\r\n\r\n")]
    [InlineData("3\r\nabc\n0\r\n\r\n")]
    [InlineData("3 \r\nabc\r\n0\r\n\r\n")]
    [InlineData("-3\r\nabc\r\n0\r\n\r\n")]
    [InlineData("0x3\r\nabc\r\n0\r\n\r\n")]
    [InlineData("fffffffffffffffff\r\nabc\r\n0\r\n\r\n")]
    [InlineData("3;a\0b\r\nabc\r\n0\r\n\r\n")]
    [InlineData("0\r\nT : a\r\n\r\n")]
    [InlineData("0\r\n: a\r\n\r\n")]
    [InlineData("0\r\n folded\r\n\r\n")]
    [InlineData("0\r\n\r\r\n")]
    [InlineData("0\r\n\n")]
    public void MalformedChunksAreRefused(string encoded)
        => Assert.Equal(400, Assert.Single(new ServerRig().Exchange(Post + Chunked + "\r\n" + encoded + Next)).Status);

    [Fact]
    public void ExtensionsAndTrailersAreBounded()
    {
        string large = new('x', 5000);
        Assert.Equal(400, Assert.Single(new ServerRig().Exchange(Post + Chunked + $"\r\n1;{large}\r\n")).Status);
        Assert.Equal(400, Assert.Single(new ServerRig().Exchange(Post + Chunked + $"\r\n0\r\nT: {large}\r\n\r\n")).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(64)]
    [InlineData(119)]
    [InlineData(16384)]
    [InlineData(1_000_003)]
    public void TheDigestOfABodyOfAnySizeIsRight(int sizeBytes)
    {
        byte[] body = new byte[sizeBytes];
        new Random(sizeBytes).NextBytes(body);
        ServerRig rig = new();
        MemoryConnection connection = rig.Connect();
        connection.SegmentBytes = 10_007;
        connection.Send($"{Post}Content-Length: {sizeBytes}\r\n\r\n");
        connection.Send(body);
        connection.Send(Next);
        rig.Run();
        List<HttpResponse> responses = HttpResponse.ReadAll(connection.Read());
        Assert.Equal(Digest(body) + "\n", responses[0].Text);
        Assert.Equal(200, responses[1].Status);
    }

    [Fact]
    public void ABodyThatNobodyWantsIsReadIfItIsSmall()
    {
        ServerRig rig = new();
        List<HttpResponse> small = rig.Exchange($"GET /file HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nGET /{Next}");
        Assert.Equal([200, 200], small.Select(response => response.Status));
        Assert.Equal(2, rig.Exchange($"POST /nothing HTTP/1.1\r\nHost: a\r\n{Chunked}\r\n1\r\nx\r\n0\r\n\r\n{Next}").Count);
        HttpResponse large = Assert.Single(rig.Exchange($"POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n{Next}"));
        Assert.Equal(404, large.Status);
        Assert.Equal("close", large["Connection"]);
    }

    [Fact]
    public void AnEndlessBodyThatNobodyWantsIsCutOff()
    {
        ServerRig rig = new();
        MemoryConnection connection = rig.Connect();
        connection.Send($"POST /nothing HTTP/1.1\r\nHost: a\r\n{Chunked}\r\n");
        for (int count = 0; count < 1000 && !connection.IsOver; count++)
        {
            connection.Send("1000\r\n" + new string('x', 0x1000) + "\r\n");
            rig.Run();
        }

        Assert.True(connection.IsOver);
        Assert.Equal(413, HttpResponse.ReadAll(connection.Read()).Single().Status);
    }

    [Fact]
    public void DiscardTakesEverything()
        => Assert.Equal(204, new ServerRig().Post("/discard", new string('x', 300_000)).Status);

    [Fact]
    public void AClientThatWaitsIsToldToGoOn()
    {
        ServerRig rig = new();
        MemoryConnection connection = rig.Connect();
        connection.Send(Post + "Content-Length: 3\r\nExpect: 100-Continue\r\n\r\n");
        rig.Run();
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", connection.ReadText());
        connection.Send("abc");
        rig.Run();
        Assert.Equal(Digest("abc"u8.ToArray()) + "\n", HttpResponse.ReadAll(connection.Read()).Single().Text);
    }

    [Fact]
    public void AClientThatWaitsForWhatWillNotBeReadIsToldSo()
    {
        ServerRig rig = new();
        HttpResponse response = rig.Request("POST", "/nothing", "Content-Length: 3\r\nExpect: 100-continue\r\n");
        Assert.Equal(404, response.Status);
        Assert.Equal("close", response["Connection"]);
        Assert.Equal(417, rig.Request("POST", "/sha256", "Content-Length: 3\r\nExpect: miracles\r\n", "abc").Status);
    }

    private static string Digest(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
