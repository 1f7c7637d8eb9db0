using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NooksOS.Extensions.KHttpd.Content;
using NooksOS.Extensions.KHttpd.Serving;
using NooksOS.Extensions.KHttpd.Site;
using NooksOS.Extensions.KHttpd.Transport;

namespace NooksOS.Tests.Units.KHttpd.Harness;

/// <summary>The whole server on the host, between a clock and connections of the test's.</summary>
internal sealed class ServerRig
{
    /// <summary>What <c>/file</c> holds.</summary>
    public const string FileText = "The quick brown fox jumps over the lazy dog.\n";

    private const int MaximumTurns = 100_000;

    public ServerRig(ServerLimits? limits = null, FakeClock? clock = null)
    {
        Clock = clock ?? new FakeClock();
        MemoryFiles files = new(FakeClock.StartSeconds - 3600);
        files.Add("/file"u8, Encoding.ASCII.GetBytes(FileText), MediaTypes.Text);
        files.Add("/"u8, "<p>page"u8, MediaTypes.Html);
        files.Add("/empty"u8, default, MediaTypes.Text);
        Transport = new MemoryTransport();
        TurnClock turnClock = new(Clock);
        SystemSite site = new(
            [files, new RandomFiles(FakeClock.StartSeconds - 3600)], System, System, turnClock, () => "{}");
        Server = new HttpServer(Transport, turnClock, site, limits ?? new ServerLimits());
    }

    public FakeClock Clock { get; }

    public FakeSystem System { get; } = new();

    public MemoryTransport Transport { get; }

    public HttpServer Server { get; }

    /// <summary>Lets the server do all that it can without time passing.</summary>
    public void Run()
    {
        // What is due by the clock is found at the end of a turn, so one quiet turn does not mean that there is nothing left.
        int quietTurns = 0;
        for (int turn = 0; turn < MaximumTurns; turn++)
        {
            Server.RunTurn();
            quietTurns = Transport.IsQuiet ? quietTurns + 1 : 0;
            if (quietTurns == 2)
            {
                return;
            }
        }

        throw new InvalidOperationException("The server is never done.");
    }

    /// <summary>Lets time pass in small steps, with the server at work.</summary>
    public void Wait(double seconds)
    {
        for (double passed = 0; passed < seconds; passed += 0.25)
        {
            Clock.Advance(FakeClock.Second / 4);
            Run();
        }
    }

    public MemoryConnection Connect(uint peer = 1)
    {
        MemoryConnection connection = Transport.Connect(peer);
        Run();
        return connection;
    }

    /// <summary>Sends text on a connection of its own and returns all responses; the client then ends its side.</summary>
    public List<HttpResponse> Exchange(string text, params string[] methods)
    {
        MemoryConnection connection = Connect();
        connection.Send(text);
        connection.EndSending();
        Run();
        return HttpResponse.ReadAll(connection.Read(), methods);
    }

    /// <summary>Sends one request with a Host field and the given further fields, and returns its only response.</summary>
    public HttpResponse Request(string method, string target, string fields = "", string body = "")
        => Exchange($"{method} {target} HTTP/1.1\r\nHost: 10.0.2.15\r\n{fields}\r\n{body}", method).Single();

    public HttpResponse Get(string target, string fields = "") => Request("GET", target, fields);

    public HttpResponse Post(string target, string body, string fields = "")
        => Request("POST", target, $"Content-Length: {body.Length}\r\n{fields}", body);
}
