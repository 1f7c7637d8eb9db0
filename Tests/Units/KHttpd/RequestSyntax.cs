using System.Linq;
using NooksOS.Tests.Units.KHttpd.Harness;
using Xunit;

namespace NooksOS.Tests.Units.KHttpd;

/// <summary>RFC 9112 §2 to §5: what is a request, and what is none.</summary>
public sealed class RequestSyntax
{
    private const string Host = "Host: a\r\n";

    [Theory]
    [InlineData("GET /file HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [InlineData("GET /file HTTP/1.1\r\nhOST:a\r\n\r\n", 200)]
    [InlineData("GET /file HTTP/1.1\r\nHost: \t a \t \r\n\r\n", 200)]
    [InlineData("GET /file HTTP/1.1\r\nHost:\r\n\r\n", 200)]
    [InlineData("GET /file HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 200)]
    [InlineData("GET /file HTTP/1.0\r\n\r\n", 200)]
    [InlineData("GET /file HTTP/1.7\r\nHost: a\r\n\r\n", 200)]
    [InlineData("\r\nGET /file HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [InlineData("GET http://10.0.2.15:80/file HTTP/1.1\r\nHost: other\r\n\r\n", 200)]
    [InlineData("GET HTTP://a HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [InlineData("GET /f%69le?x=%20&y=[] HTTP/1.1\r\nHost: a\r\n\r\n", 200)]
    [InlineData("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [InlineData("\r\n\r\nGET /file HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /file HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /file HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /file HTTP/1.1\r\nHost: a b\r\n\r\n", 400)]
    [InlineData("GET /file HTTP/1.1\r\nHost: u@a\r\n\r\n", 400)]
    [InlineData("GET /file HTTP/1.1\r\nHost: a:8x\r\n\r\n", 400)]
    [InlineData("GET /file HTTP/1.1\r\nHost: [::1\r\n\r\n", 400)]
    [InlineData("GET  /file HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /file  HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /fi le HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData(" GET /file HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET\t/file\tHTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /file\r\n\r\n", 400)]
    [InlineData("GET /file http/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /file HTTP/11\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /file HTTP/1.1 \r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET file HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET https://a/file HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET http://u@a/file HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET http:///file HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /file#top HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /file% HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /x%2ffile HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /x/../file HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /x/%2e%2E HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /./file HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /file HTTP/2.0\r\nHost: a\r\n\r\n", 505)]
    [InlineData("GET /file HTTP/0.9\r\nHost: a\r\n\r\n", 505)]
    [InlineData("PUT /file HTTP/1.1\r\nHost: a\r\n\r\n", 501)]
    [InlineData("get /file HTTP/1.1\r\nHost: a\r\n\r\n", 501)]
    [InlineData("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 501)]
    [InlineData("G(T /file HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    public void ARequestIsTakenOrRefused(string request, int status)
        => Assert.Equal(status, Assert.Single(new ServerRig().Exchange(request)).Status);

    [Theory]
    [InlineData("Field : x")]
    [InlineData(": x")]
    [InlineData("Field x")]
    [InlineData(" Folded: x")]
    [InlineData("Field: x\r\n folded")]
    [InlineData("Field: x\r\n\tfolded")]
    [InlineData("Fi(ld: x")]
    [InlineData("Field: x\0y")]
    [InlineData("Field: x\u007Fy")]
    [InlineData("Field: x\ry")]
    [InlineData("Field: x\ny: z")]
    [InlineData("Range: bytes=0-1\r\nRange: bytes=0-2")]
    public void AMalformedFieldIsRefusedAndTheConnectionEnds(string field)
    {
        ServerRig rig = new();
        HttpResponse response = Assert.Single(rig.Exchange($"GET /file HTTP/1.1\r\n{Host}{field}\r\n\r\nGET /file HTTP/1.1\r\n{Host}\r\n"));
        Assert.Equal(400, response.Status);
        Assert.Equal("close", response["Connection"]);
    }

    [Theory]
    [InlineData("GET /file HTTP/1.1\nHost: a\n\n")]
    [InlineData("GET /file HTTP/1.1\r\nHost: a\n\r\n")]
    [InlineData("GET /file HTTP/1.1\r\nHost: a\r\n\n")]
    [InlineData("GET /file HTTP/1.1\rHost: a\r\r")]
    [InlineData("\nGET /file HTTP/1.1\r\nHost: a\r\n\r\n")]
    public void ALineEndsWithReturnAndFeed(string request) => Assert.Equal(400, new ServerRig().Exchange(request)[0].Status);

    [Fact]
    public void ObsoleteTextInAValueIsTaken() => Assert.Equal(200, new ServerRig().Get("/file", "X: \u00E4\u00FF\r\n").Status);

    [Fact]
    public void ATooLongTargetIsRefusedBeforeItHasArrived()
    {
        ServerRig rig = new();
        MemoryConnection connection = rig.Connect();
        connection.Send("GET /" + new string('a', 8200));
        rig.Run();
        Assert.Equal(414, HttpResponse.ReadAll(connection.Read()).Single().Status);
        Assert.Equal(404, rig.Get("/" + new string('a', 8000)).Status);
    }

    [Fact]
    public void TooLargeFieldsAreRefused()
    {
        ServerRig rig = new();
        string large = new('x', 8000);
        string many = string.Concat(Enumerable.Range(0, 99).Select(number => $"X{number}: y\r\n"));
        Assert.Equal(200, rig.Get("/file", $"X: {large}\r\n").Status);
        Assert.Equal(431, rig.Get("/file", $"X: {large}{large}\r\n").Status);
        Assert.Equal(431, rig.Get("/file", $"X: {large}\r\nY: {large}\r\nZ: {large}\r\n").Status);
        Assert.Equal(200, rig.Get("/file", many).Status);
        Assert.Equal(431, rig.Get("/file", many + "One: more\r\n").Status);
        Assert.Equal(431, rig.Get("/file", many + many).Status);
    }

    [Fact]
    public void ItDoesNotMatterHowARequestIsCutUp()
    {
        const string Text = "\r\nGET /file HTTP/1.1\r\nHost: a\r\nX: yz\r\n\r\nPOST /sha256 HTTP/1.1\r\nHost: a\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nTrailer: x\r\n\r\nGET /file HTTP/1.1\r\nHost: a\r\n\r\n";
        for (int segmentBytes = 1; segmentBytes < Text.Length; segmentBytes++)
        {
            ServerRig rig = new();
            MemoryConnection connection = rig.Connect();
            for (int start = 0; start < Text.Length; start += segmentBytes)
            {
                connection.Send(Text[start..System.Math.Min(start + segmentBytes, Text.Length)]);
                rig.Run();
            }

            Assert.Equal([200, 200, 200], HttpResponse.ReadAll(connection.Read()).Select(response => response.Status));
            Assert.Equal(0, rig.Server.KeptBytes);
        }
    }

    [Fact]
    public void OptionsTellsTheMethods()
    {
        ServerRig rig = new();
        Assert.Equal("OPTIONS, GET, HEAD, POST", rig.Request("OPTIONS", "*")["Allow"]);
        Assert.Equal("OPTIONS, GET, HEAD", rig.Request("OPTIONS", "/file")["Allow"]);
        Assert.Equal("OPTIONS, POST", rig.Request("OPTIONS", "/sha256")["Allow"]);
        Assert.Equal(404, rig.Request("OPTIONS", "/nothing").Status);
        HttpResponse refused = rig.Post("/file", "x");
        Assert.Equal(405, refused.Status);
        Assert.Equal("OPTIONS, GET, HEAD", refused["Allow"]);
        Assert.Equal(405, rig.Get("/sha256").Status);
    }
}
