using System.Linq;
using System.Text;
using NooksOS.Tests.Units.KHttpd.Harness;
using Xunit;

namespace NooksOS.Tests.Units.KHttpd;

/// <summary>RFC 9110 §13 and §14: conditions and ranges.</summary>
public sealed class Selecting
{
    private const string Modified = "Sun, 06 Nov 1994 07:49:37 GMT";

    private readonly ServerRig _rig = new();

    private string Tag => _rig.Get("/file")["ETag"]!;

    [Fact]
    public void AFileHasItsValidators()
    {
        HttpResponse response = _rig.Get("/file");
        Assert.Equal(200, response.Status);
        Assert.Equal("Sun, 06 Nov 1994 08:49:37 GMT", response["Date"]);
        Assert.Equal(Modified, response["Last-Modified"]);
        Assert.Equal("bytes", response["Accept-Ranges"]);
        Assert.Equal("text/plain; charset=utf-8", response["Content-Type"]);
        Assert.Matches("^\"[0-9a-f]{16}\"$", response["ETag"]);
        Assert.NotEqual(response["ETag"], _rig.Get("/")["ETag"]);
        Assert.Equal(ServerRig.FileText, response.Text);
    }

    [Fact]
    public void HeadIsGetWithoutContent()
    {
        HttpResponse get = _rig.Get("/file");
        HttpResponse head = _rig.Request("HEAD", "/file", "Range: bytes=0-3\r\n");
        Assert.Equal(get.Fields, head.Fields);
        Assert.Equal(200, head.Status);
    }

    [Theory]
    [InlineData("If-None-Match: TAG", 304)]
    [InlineData("If-None-Match: W/TAG", 304)]
    [InlineData("If-None-Match: \"x,y\" , ,TAG", 304)]
    [InlineData("If-None-Match: \"x\"\r\nIf-None-Match: TAG", 304)]
    [InlineData("If-None-Match: *", 304)]
    [InlineData("If-None-Match: \"x\"", 200)]
    [InlineData("If-None-Match: malformed", 200)]
    [InlineData("If-Modified-Since: Sun, 06 Nov 1994 07:49:37 GMT", 304)]
    [InlineData("If-Modified-Since: Sunday, 06-Nov-94 07:49:37 GMT", 304)]
    [InlineData("If-Modified-Since: Sun Nov  6 07:49:37 1994", 304)]
    [InlineData("If-Modified-Since: Sun, 06 Nov 1994 07:49:36 GMT", 200)]
    [InlineData("If-Modified-Since: yesterday", 200)]
    [InlineData("If-None-Match: \"x\"\r\nIf-Modified-Since: Sun, 06 Nov 1994 07:49:37 GMT", 200)]
    [InlineData("If-Match: TAG", 200)]
    [InlineData("If-Match: *", 200)]
    [InlineData("If-Match: W/TAG", 412)]
    [InlineData("If-Match: \"x\"", 412)]
    [InlineData("If-Unmodified-Since: Sun, 06 Nov 1994 07:49:37 GMT", 200)]
    [InlineData("If-Unmodified-Since: Sun, 06 Nov 1994 07:49:36 GMT", 412)]
    [InlineData("If-Match: TAG\r\nIf-Unmodified-Since: Sun, 06 Nov 1994 07:49:36 GMT", 200)]
    [InlineData("If-Match: TAG\r\nIf-None-Match: TAG", 304)]
    public void ConditionsAreCheckedInTheirOrder(string fields, int status)
    {
        HttpResponse response = _rig.Get("/file", fields.Replace("TAG", Tag) + "\r\n");
        Assert.Equal(status, response.Status);
        if (status == 304)
        {
            Assert.Equal(Tag, response["ETag"]);
            Assert.Null(response["Content-Length"]);
        }
    }

    [Theory]
    [InlineData("bytes=0-3", 0, 4)]
    [InlineData("bytes=4-", 4, 41)]
    [InlineData("bytes=-5", 40, 5)]
    [InlineData("BYTES= 0-0", 0, 1)]
    [InlineData("bytes=0-99999999999999999999999", 0, 45)]
    [InlineData("bytes=-1000", 0, 45)]
    [InlineData("bytes=44-,100-", 44, 1)]
    [InlineData("bytes=,44-44,", 44, 1)]
    public void OneRangeIsSent(string range, int start, int length)
    {
        HttpResponse response = _rig.Get("/file", $"Range: {range}\r\n");
        Assert.Equal(206, response.Status);
        Assert.Equal($"bytes {start}-{start + length - 1}/45", response["Content-Range"]);
        Assert.Equal(ServerRig.FileText.Substring(start, length), response.Text);
    }

    [Theory]
    [InlineData("bytes=45-")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=100-200,300-")]
    public void AnUnsatisfiableRangeIsRefused(string range)
    {
        HttpResponse response = _rig.Get("/file", $"Range: {range}\r\n");
        Assert.Equal(416, response.Status);
        Assert.Equal("bytes */45", response["Content-Range"]);
    }

    [Theory]
    [InlineData("bytes=3-2")]
    [InlineData("bytes=")]
    [InlineData("bytes=-")]
    [InlineData("bytes=a-b")]
    [InlineData("lines=0-1")]
    [InlineData("bytes 0-1")]
    [InlineData("bytes=0-30,10-40")]
    [InlineData("bytes=0-0,1-1,2-2,3-3,4-4,5-5,6-6,7-7,8-8,9-9,10-10,11-11,12-12,13-13,14-14,15-15,16-16")]
    public void AMalformedOrGreedyRangeIsIgnored(string range)
    {
        HttpResponse response = _rig.Get("/file", $"Range: {range}\r\n");
        Assert.Equal(200, response.Status);
        Assert.Equal(ServerRig.FileText, response.Text);
    }

    [Fact]
    public void SeveralRangesAreSentInParts()
    {
        HttpResponse response = _rig.Get("/file", "Range: bytes=40-,0-2\r\n");
        Assert.Equal(206, response.Status);
        Assert.Null(response["Content-Range"]);
        string boundary = response["Content-Type"]!.Split("boundary=")[1];
        Assert.Equal(
            $"--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 40-44/45\r\n\r\n{ServerRig.FileText[40..]}"
            + $"\r\n--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 0-2/45\r\n\r\nThe"
            + $"\r\n--{boundary}--\r\n",
            response.Text);
    }

    [Fact]
    public void PartsAreTheSameThroughTheSmallestWindow()
    {
        ServerRig rig = new();
        MemoryConnection connection = rig.Connect();
        connection.Window = 7;
        connection.Send("GET /random/1000 HTTP/1.1\r\nHost: a\r\nRange: bytes=990-,1-10,500-600\r\n\r\n");
        StringBuilder read = new();
        for (string piece = "x"; piece.Length != 0; read.Append(piece))
        {
            rig.Run();
            piece = connection.ReadText();
        }

        HttpResponse parts = HttpResponse.ReadAll(Encoding.Latin1.GetBytes(read.ToString())).Single();
        byte[] whole = rig.Get("/random/1000").Body;
        Assert.Contains(Encoding.Latin1.GetString(whole[990..]) + "\r\n--", parts.Text);
        Assert.Contains("\r\n\r\n" + Encoding.Latin1.GetString(whole[1..11]) + "\r\n--", parts.Text);
        Assert.Contains("\r\n\r\n" + Encoding.Latin1.GetString(whole[500..601]) + "\r\n--", parts.Text);
    }

    [Theory]
    [InlineData("TAG", 206)]
    [InlineData("W/TAG", 200)]
    [InlineData("\"x\"", 200)]
    [InlineData("Sun, 06 Nov 1994 07:49:37 GMT", 206)]
    [InlineData("Sun, 06 Nov 1994 07:49:38 GMT", 200)]
    [InlineData("x", 200)]
    public void ARangeMayDependOnTheValidator(string validator, int status)
        => Assert.Equal(status, _rig.Get("/file", $"Range: bytes=0-1\r\nIf-Range: {validator.Replace("TAG", Tag)}\r\n").Status);

    [Fact]
    public void ConditionsGoBeforeRanges()
        => Assert.Equal(304, _rig.Get("/file", $"Range: bytes=100-\r\nIf-None-Match: {Tag}\r\n").Status);

    [Fact]
    public void AnEmptyFileHasNoRange()
    {
        Assert.Equal(200, _rig.Get("/empty").Status);
        Assert.Equal(416, _rig.Get("/empty", "Range: bytes=0-0\r\n").Status);
    }
}
