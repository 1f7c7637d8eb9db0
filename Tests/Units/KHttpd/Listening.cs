using System.Linq;
using System.Text.Json;
using NooksOS.Contracts;
using NooksOS.Extensions.KHttpd.Serving;
using NooksOS.Tests.Units.KHttpd.Harness;
using Xunit;

namespace NooksOS.Tests.Units.KHttpd;

/// <summary>Server-sent events.</summary>
public sealed class Listening
{
    private readonly ServerRig _rig = new();

    [Fact]
    public void AnEventComesEverySecond()
    {
        MemoryConnection connection = Listen("/events");
        HttpResponse head = HttpResponse.ReadAll(connection.Read()).Single();
        Assert.Equal(200, head.Status);
        Assert.Equal("text/event-stream", head["Content-Type"]);
        Assert.Equal("chunked", head["Transfer-Encoding"]);
        for (int second = 0; second < 100; second++)
        {
            _rig.Wait(1);
            string text = connection.ReadText();
            Assert.Single(text.Split("data: ").Skip(1));
        }
    }

    [Fact]
    public void AnEventIsOneDocumentOfSeveral()
    {
        MemoryConnection connection = Listen("/events?count=2");
        _rig.Wait(3);
        HttpResponse response = HttpResponse.ReadAll(connection.Read()).Single();
        string[] events = response.Text.Split("\n\n", System.StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, events.Length);
        Assert.True(connection.ServerEndedSending);
        foreach (string news in events)
        {
            string data = news.Split('\n').Single(line => line.StartsWith("data: ", System.StringComparison.Ordinal))[6..];
            using JsonDocument document = JsonDocument.Parse(data);
            Assert.Equal("e1000", document.RootElement.GetProperty("domains")[0].GetProperty("extension").GetString());
            Assert.Equal(JsonValueKind.Array, document.RootElement.GetProperty("faults").ValueKind);
            Assert.True(document.RootElement.GetProperty("uptimeMilliseconds").GetInt64() >= 5000);
        }
    }

    [Fact]
    public void ListenersWhoAskForNothingCannotTakeAllConnections()
    {
        ServerLimits limits = new();
        MemoryConnection[] listeners = [.. Enumerable.Range(0, limits.Listeners).Select(_ => Listen("/events"))];

        Assert.Equal(200, _rig.Get("/file").Status);
        Assert.DoesNotContain(listeners, listener => listener.IsOver);

        // One makes room by leaving, and one by having heard all that it wanted.
        listeners[0].Reset();
        _rig.Run();
        MemoryConnection brief = Listen("/events?count=1");
        _rig.Wait(2);
        Assert.True(brief.ServerEndedSending);
        brief.EndSending();
        MemoryConnection late = Listen("/events");
        Assert.DoesNotContain(listeners[1..], listener => listener.IsOver);

        // Who comes later is heard as well, and those who wait for others to leave are not needed.
        MemoryConnection[] others = [.. Enumerable.Range(0, 3).Select(_ => Listen("/events"))];
        Assert.All(others, other => Assert.Equal(200, HttpResponse.ReadAll(other.Read()).Single().Status));
        Assert.All(listeners[1..4], listener => Assert.True(listener.IsOver));
        Assert.DoesNotContain(listeners[4..], listener => listener.IsOver);
        Assert.False(late.IsOver);
        Assert.Equal(limits.Listeners, _rig.Server.ConnectionCount);
    }

    // Those who listened and never left kept everybody else out.
    [Fact]
    public void WhoListensOnAllConnectionsKeepsNobodyOut()
    {
        MemoryConnection page = Listen("/events", peer: 7);
        ServerLimits limits = new();
        MemoryConnection[] greedy = [.. Enumerable.Range(0, 3 * limits.Listeners).Select(_ => Listen("/events"))];
        MemoryConnection other = Listen("/events", peer: 8);
        _rig.Wait(2);
        Assert.Contains("data: ", page.ReadText());
        Assert.Contains("data: ", other.ReadText());
        Assert.Equal(limits.Listeners - 2, greedy.Count(connection => !connection.IsOver));
        Assert.DoesNotContain(greedy[^(limits.Listeners - 2)..], connection => connection.IsOver);
    }

    [Fact]
    public void AnOldClientGetsTheSameWithoutChunks()
    {
        MemoryConnection connection = _rig.Connect();
        connection.Send("GET /events?count=1 HTTP/1.0\r\n\r\n");
        _rig.Wait(2);
        HttpResponse response = HttpResponse.ReadAll(connection.Read()).Single();
        Assert.Null(response["Transfer-Encoding"]);
        Assert.EndsWith("}\n\n", response.Text);
    }

    [Fact]
    public void WhoIsSlowMissesEventsAndGetsWholeOnes()
    {
        MemoryConnection connection = Listen("/events");
        connection.Window = 100;
        _rig.Wait(10);
        connection.Window = int.MaxValue;
        byte[] received = connection.Read();
        _rig.Wait(2);
        HttpResponse response = HttpResponse.ReadAll([.. received, .. connection.Read()]).Single();
        Assert.InRange(response.Text.Split("data: ").Length - 1, 2, 4);
        Assert.EndsWith("}\n\n", response.Text);
    }

    [Fact]
    public void WhatTheKernelDoesNotSayIsLeftOut()
    {
        _rig.System.Documents.Remove(SystemDocument.Domains);
        MemoryConnection connection = Listen("/events?count=1");
        _rig.Wait(2);
        string text = HttpResponse.ReadAll(connection.Read()).Single().Text;
        Assert.DoesNotContain("domains", text);
        Assert.Contains("faults", text);
    }

    [Fact]
    public void AListenerThatLeavesIsNoticed()
    {
        MemoryConnection connection = Listen("/events");
        _rig.Wait(120);
        Assert.False(connection.IsOver);
        connection.EndSending();
        _rig.Run();
        Assert.True(connection.IsOver);
        Assert.Equal(0, _rig.Server.ConnectionCount);
    }

    [Theory]
    [InlineData("/events?count=0")]
    [InlineData("/events?count=x")]
    [InlineData("/events?other=1")]
    public void AnotherQueryIsRefused(string target) => Assert.Equal(400, _rig.Get(target).Status);

    [Fact]
    public void HeadOfEventsEnds() => Assert.Equal("text/event-stream", _rig.Request("HEAD", "/events")["Content-Type"]);

    private MemoryConnection Listen(string target, uint peer = 1)
    {
        MemoryConnection connection = _rig.Connect(peer);
        connection.Send($"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n");
        _rig.Run();
        return connection;
    }
}
