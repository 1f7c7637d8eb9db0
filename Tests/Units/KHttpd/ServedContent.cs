using System;
using System.Buffers.Binary;
using System.Linq;
using System.Security.Cryptography;
using NooksOS.Extensions.KHttpd.Content;
using NooksOS.Tests.Units.KHttpd.Harness;
using Xunit;

namespace NooksOS.Tests.Units.KHttpd;

public sealed class ServedContent
{
    private readonly ServerRig _rig = new();

    [Fact]
    public void ARandomFileIsTheOutputOfItsGenerator()
    {
        // The first outputs of splitmix64 with seed 0.
        byte[] body = _rig.Get("/random/24").Body;
        Assert.Equal(0xE220A8397B1DCDAFul, BinaryPrimitives.ReadUInt64LittleEndian(body));
        Assert.Equal(0x6E789E6AA1B965F4ul, BinaryPrimitives.ReadUInt64LittleEndian(body.AsSpan(8)));
        Assert.Equal(0x06C45D188009454Ful, BinaryPrimitives.ReadUInt64LittleEndian(body.AsSpan(16)));
    }

    [Fact]
    public void ARandomFileIsTheSameFromEveryOffset()
    {
        RandomRepresentation file = new(1000, [], 0);
        byte[] whole = new byte[1000];
        file.Read(0, whole);
        for (int start = 0; start < 40; start++)
        {
            for (int length = 0; length < 40; length++)
            {
                byte[] part = new byte[length];
                file.Read(start, part);
                Assert.Equal(whole[start..(start + length)], part);
            }
        }
    }

    [Fact]
    public void ALargeRandomFileArrivesWhole()
    {
        const int Size = 20_000_003;
        MemoryConnection connection = _rig.Connect();
        connection.Window = 100_000;
        connection.Send($"GET /random/{Size} HTTP/1.1\r\nHost: a\r\n\r\n");
        using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int headBytes = 0;
        long received = 0;
        do
        {
            _rig.Run();
            byte[] piece = connection.Read();
            if (received == 0)
            {
                headBytes = piece.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
            }

            digest.AppendData(received == 0 ? piece[headBytes..] : piece);
            received += piece.Length;
        }
        while (received < headBytes + Size);

        byte[] whole = new byte[Size];
        new RandomRepresentation(Size, [], 0).Read(0, whole);
        Assert.Equal(SHA256.HashData(whole), digest.GetHashAndReset());
    }

    [Theory]
    [InlineData("/random/")]
    [InlineData("/random/-1")]
    [InlineData("/random/01")]
    [InlineData("/random/1x")]
    [InlineData("/random/1000000000000000")]
    [InlineData("/random")]
    public void ARandomFileHasOneName(string path) => Assert.Equal(404, _rig.Get(path).Status);

    [Fact]
    public void ARangeOfAHugeRandomFileIsSent()
    {
        HttpResponse response = _rig.Get("/random/100000000000000", "Range: bytes=-9\r\n");
        Assert.Equal("bytes 99999999999991-99999999999999/100000000000000", response["Content-Range"]);
        Assert.Equal(9, response.Body.Length);
    }

    [Fact]
    public void ThePageMayLoadFromItsServerOnly()
    {
        HttpResponse page = _rig.Get("/");
        Assert.Contains("default-src 'none'", page["Content-Security-Policy"]);
        Assert.Equal("nosniff", page["X-Content-Type-Options"]);
        Assert.Null(_rig.Get("/file")["Content-Security-Policy"]);
    }

    [Fact]
    public void DocumentsOfTheKernelArePassedOn()
    {
        HttpResponse response = _rig.Get("/api/domains");
        Assert.Equal("[{\"extension\":\"e1000\",\"generation\":1}]", response.Text);
        Assert.Equal("application/json", response["Content-Type"]);
        Assert.Equal("no-store", response["Cache-Control"]);
        Assert.Equal(503, _rig.Get("/api/calls").Status);
    }

    [Fact]
    public void ADocumentLargerThanAPieceIsPutTogether()
    {
        string document = "[" + string.Concat(Enumerable.Range(0, 20_000)) + "]";
        _rig.System.Documents[NooksOS.Contracts.SystemDocument.Faults] = document;
        Assert.Equal(document, _rig.Get("/api/faults").Text);
        Assert.Equal(document, _rig.Get("/api/faults").Text);
    }
}
