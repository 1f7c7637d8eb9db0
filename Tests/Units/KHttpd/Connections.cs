using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Extensions.KHttpd.Serving;
using NooksOS.Tests.Units.KHttpd.Harness;
using Xunit;

namespace NooksOS.Tests.Units.KHttpd;

/// <summary>RFC 9112 §9: how long a connection lives, and what clients that are slow, many or gone cost.</summary>
public sealed class Connections
{
    private const string Request = "GET /file HTTP/1.1\r\nHost: a\r\n\r\n";

    [Fact]
    public void AConnectionServesRequestAfterRequest()
    {
        ServerRig rig = new();
        MemoryConnection connection = rig.Connect();
        for (int count = 0; count < 1000; count++)
        {
            connection.Send(Request);
            rig.Run();
            HttpResponse response = HttpResponse.ReadAll(connection.Read()).Single();
            Assert.Equal(ServerRig.FileText, response.Text);
            Assert.Null(response["Connection"]);
        }

        Assert.False(connection.ServerEndedSending);
        Assert.Equal(0, rig.Server.KeptBytes);
    }

    [Fact]
    public void PipelinedRequestsAreAnsweredInTheirOrder()
    {
        ServerRig rig = new();
        MemoryConnection connection = rig.Connect();
        connection.Window = 1000;
        connection.Send(string.Concat(Enumerable.Range(0, 2000).Select(size => $"GET /random/{size % 100} HTTP/1.1\r\nHost: a\r\n\r\n")));
        List<byte> received = [];
        do
        {
            rig.Run();
            received.AddRange(connection.Read());
        }
        while (HttpCount(received) < 2000);
        Assert.Equal(
            Enumerable.Range(0, 2000).Select(size => size % 100),
            HttpResponse.ReadAll([.. received]).Select(response => response.Body.Length));
    }

    [Theory]
    [InlineData("GET /file HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "close")]
    [InlineData("GET /file HTTP/1.1\r\nHost: a\r\nConnection: x, CLOSE\r\n\r\n", "close")]
    [InlineData("GET /file HTTP/1.0\r\n\r\n", "close")]
    [InlineData("GET /file HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "keep-alive")]
    [InlineData("GET /file HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", "close")]
    public void TheClientDecidesWhetherItGoesOn(string request, string answer)
    {
        ServerRig rig = new();
        MemoryConnection connection = rig.Connect();
        connection.Send(request);
        rig.Run();
        Assert.Equal(answer, HttpResponse.ReadAll(connection.Read()).Single()["Connection"]);
        Assert.Equal(answer == "close", connection.ServerEndedSending);
        connection.EndSending();
        rig.Run();
        Assert.True(connection.ServerClosed);
        Assert.Equal(0, rig.Server.ConnectionCount);
    }

    [Fact]
    public void AfterTheLastReplyWhatStillArrivesIsReadForAWhile()
    {
        ServerRig rig = new();
        MemoryConnection connection = rig.Connect();
        connection.Send("NONSENSE\r\n\r\n");
        rig.Run();
        connection.Send(new string('x', 10_000));
        rig.Run();
        Assert.True(connection.ServerEndedSending);
        Assert.False(connection.IsOver);
        rig.Wait(3);
        Assert.True(connection.ServerClosed);
        Assert.Equal(400, HttpResponse.ReadAll(connection.Read()).Single().Status);
    }

    [Fact]
    public void ASlowHeadIsNotWaitedFor()
    {
        ServerRig rig = new();
        MemoryConnection connection = rig.Connect();
        foreach (char letter in "GET /file HTTP/1.1\r\nX: ")
        {
            connection.Send(letter.ToString());
            rig.Wait(0.5);
        }

        Assert.Equal(408, HttpResponse.ReadAll(connection.Read()).Single().Status);
        rig.Wait(3);
        Assert.True(connection.IsOver);
        Assert.Equal(0, rig.Server.KeptBytes);
    }

    [Fact]
    public void ASlowBodyIsNotWaitedFor()
    {
        ServerRig rig = new();
        MemoryConnection connection = rig.Connect();
        connection.Send("POST /discard HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
        for (int count = 0; count < 50; count++)
        {
            connection.Send("x");
            rig.Wait(1);
        }

        Assert.Equal(408, HttpResponse.ReadAll(connection.Read()).Single().Status);
        Assert.True(connection.IsOver);
    }

    [Fact]
    public void ABodyThatComesSteadilyIsWaitedFor()
    {
        ServerRig rig = new();
        MemoryConnection connection = rig.Connect();
        connection.Send("POST /discard HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
        for (int count = 0; count < 100; count++)
        {
            connection.Send(new string('x', 1000));
            rig.Wait(1);
        }

        Assert.Equal(204, HttpResponse.ReadAll(connection.Read()).Single().Status);
    }

    [Fact]
    public void AClientThatDoesNotReadIsDropped()
    {
        ServerRig rig = new();
        MemoryConnection connection = rig.Connect();
        connection.Window = 100_000;
        connection.Send("GET /random/1000000000 HTTP/1.1\r\nHost: a\r\n\r\n");
        rig.Wait(45);
        Assert.True(connection.ServerAborted);
    }

    [Fact]
    public void AnIdleConnectionEndsWithoutAWord()
    {
        ServerRig rig = new();
        MemoryConnection used = rig.Connect();
        MemoryConnection unused = rig.Connect();
        used.Send(Request);
        rig.Wait(55);
        Assert.Single(HttpResponse.ReadAll(used.Read()));
        Assert.False(used.IsOver || unused.IsOver);
        rig.Wait(10);
        Assert.True(used.ServerClosed && unused.ServerClosed);
        Assert.Empty(used.Read());
    }

    [Fact]
    public void AThousandConnectionsAreHeld()
    {
        ServerRig rig = new();
        MemoryConnection[] connections = [.. Enumerable.Range(0, 1000).Select(_ => rig.Transport.Connect())];
        rig.Wait(30);
        foreach (MemoryConnection connection in connections)
        {
            connection.Send(Request);
        }

        rig.Run();
        Assert.All(connections, connection => Assert.Equal(200, HttpResponse.ReadAll(connection.Read()).Single().Status));
    }

    [Fact]
    public void ThousandsOfSlowHeadsDisplaceEachOtherAndNobodyElse()
    {
        ServerRig rig = new(new ServerLimits { Connections = 500 });
        MemoryConnection download = rig.Connect();
        download.Window = 1000;
        download.Send("GET /random/100000 HTTP/1.1\r\nHost: a\r\n\r\n");
        for (int count = 0; count < 2000; count++)
        {
            MemoryConnection slow = rig.Transport.Connect();
            slow.Send("GET /file HTTP/1.1\r\nX-a: ");
            if (count % 100 == 0)
            {
                rig.Wait(0.25);
                Assert.Equal(200, rig.Get("/file").Status);
            }
        }

        rig.Run();
        Assert.False(download.IsOver);
        Assert.True(rig.Server.ConnectionCount <= 500);
        Assert.True(rig.Server.Statistics.Evicted >= 1500);
        rig.Wait(15);
        Assert.Equal(1, rig.Server.ConnectionCount);
        Assert.Equal(0, rig.Transport.OpenConnections - 1);
    }

    [Fact]
    public void LongHeadsThatDoNotEndTakeOnlySoMuchMemory()
    {
        // Clients that send almost all of the longest head each, and nothing else, could take more than the domain may have.
        const int Most = 24 << 20;
        string head = "GET /file HTTP/1.1\r\nA: " + new string('a', 8000) + "\r\nB: " + new string('b', 8000);
        ServerRig rig = new();
        for (int count = 0; count < 1500; count++)
        {
            rig.Connect().Send(head);
            rig.Run();
        }

        Assert.InRange(rig.Server.KeptBytes, 1, Most);
        Assert.Equal(ServerRig.FileText, rig.Get("/file").Text);
    }

    [Fact]
    public void WhenAllAreServedWellTheNextWaitsForAPlace()
    {
        ServerRig rig = new(new ServerLimits { Connections = 2 });
        MemoryConnection[] downloads = [Download(rig, 100_000), Download(rig, 100_000)];
        MemoryConnection next = rig.Connect();
        next.Send(Request);
        for (int second = 0; second < 60; second++)
        {
            Take(rig, downloads, 50_000);
            Assert.False(next.IsOver);
            Assert.Empty(next.Read());
        }

        downloads[0].Reset();
        rig.Run();
        Assert.Equal(200, HttpResponse.ReadAll(next.Read()).Single().Status);
        Assert.False(downloads[1].IsOver);
    }

    [Fact]
    public void SlowDownloadsMakeRoomWhereTheyFillTheServer()
    {
        ServerRig rig = new(new ServerLimits { Connections = 200 });
        MemoryConnection fast = Download(rig, 100_000);
        MemoryConnection[] slow = [.. Enumerable.Range(0, 199).Select(_ => Download(rig, 100_000))];

        // Faster than the rate below which a transfer is given up anyway.
        for (int second = 0; second < 30; second++)
        {
            fast.Read(50_000);
            Take(rig, slow, 500);
        }

        Assert.DoesNotContain(slow, connection => connection.IsOver);
        for (int count = 0; count < 20; count++)
        {
            MemoryConnection another = rig.Transport.Connect();
            another.Window = 1000;
            another.Send("GET /random/1000000000 HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.Equal(200, rig.Get("/file").Status);
        }

        Assert.False(fast.IsOver);
        Assert.Equal(21, slow.Count(connection => connection.IsOver));
    }

    [Theory]
    [InlineData("GET /random/1000000 HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET /fi")]
    [InlineData("POST /sha256 HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc")]
    [InlineData("GET /events HTTP/1.1\r\nHost: a\r\n\r\n")]
    public void AResetFreesEverything(string begun)
    {
        ServerRig rig = new();
        MemoryConnection connection = rig.Connect();
        connection.Window = 5000;
        connection.Send(begun);
        rig.Run();
        connection.Reset();
        rig.Run();
        Assert.True(connection.IsOver);
        Assert.Equal(0, rig.Server.ConnectionCount);
        Assert.Equal(0, rig.Server.KeptBytes);
    }

    [Fact]
    public void ALargeDownloadDoesNotHoldUpOthers()
    {
        ServerRig rig = new();
        MemoryConnection download = rig.Transport.Connect();
        download.Send("GET /random/100000000 HTTP/1.1\r\nHost: a\r\n\r\n");
        MemoryConnection other = rig.Transport.Connect();
        other.Send(Request);
        rig.Server.RunTurn();
        rig.Server.RunTurn();
        Assert.Equal(200, HttpResponse.ReadAll(other.Read()).Single().Status);
        Assert.True(download.Read().Length < 10_000_000);
    }

    private static MemoryConnection Download(ServerRig rig, int windowBytes)
    {
        MemoryConnection connection = rig.Connect();
        connection.Window = windowBytes;
        connection.Send("GET /random/1000000000 HTTP/1.1\r\nHost: a\r\n\r\n");
        rig.Run();
        return connection;
    }

    // A second of clients that read so much.
    private static void Take(ServerRig rig, MemoryConnection[] connections, int lengthBytes)
    {
        foreach (MemoryConnection connection in connections)
        {
            connection.Read(lengthBytes);
        }

        rig.Wait(1);
    }

    private static int HttpCount(List<byte> stream)
    {
        int count = 0;
        ReadOnlySpan<byte> rest = stream.ToArray();
        for (int at = rest.IndexOf("HTTP/1.1 "u8); at >= 0; at = rest.IndexOf("HTTP/1.1 "u8))
        {
            count++;
            rest = rest[(at + 9)..];
        }

        return count;
    }
}
