using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using NooksOS.Tool.Transfers;

namespace NooksOS.Tool.Requests;

/// <summary>Makes many requests of the guest's web server by wrk, which checks every reply, while extensions on the way are crashed.</summary>
public static class RequestsDemo
{
    private const int WebPort = 80;
    private const int ReplyBytes = 128;
    private const int Threads = 2;
    private const int RoundSeconds = 15;
    private const string Script = "requests.lua";

    // Longer than the host's TCP tries to reach an emulator that accepts one connection at a time.
    private const int ReplyTimeoutSeconds = 60;

    /// <summary>Boots a machine, makes the requests and stops the machine.</summary>
    public static async Task<RequestsResult> RunAsync(
        string isoFile, BootOptions options, RequestsSettings settings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(settings);
        PortForward web = new(ForwardedTransport.Tcp, FreePort.Find(), WebPort);
        IPEndPoint server = options.AddressOf(web);
        BootOptions forwarded = options with { Forwards = [.. options.Forwards, web] };
        using TemporaryFolder folder = new();
        string script = await WriteScriptAsync(folder, cancellation);
        await using NooksMachine machine = await NooksMachine.StartAsync(isoFile, forwarded, cancellation);
        using (TransferClient client = new(server))
        {
            await client.WaitAsync(cancellation);
        }

        Crasher crasher = new(machine, options, settings.Extensions);
        List<RequestsRound> rounds = await crasher.CrashDuringAsync(
            settings.CrashInterval, stopped => RequestAsync(script, server, settings, stopped), cancellation);
        return new RequestsResult(rounds, settings.Connections, crasher.Crashes);
    }

    // wrk runs for a time and not for a number of requests, so it runs until there are enough.
    private static async Task<List<RequestsRound>> RequestAsync(
        string script, IPEndPoint server, RequestsSettings settings, CancellationToken cancellation)
    {
        byte[] expected = new byte[ReplyBytes];
        RandomContent.Fill(0, expected);
        string[] arguments =
        [
            $"--threads={Text(Math.Min(Threads, settings.Connections))}",
            $"--connections={Text(settings.Connections)}",
            $"--duration={Text(RoundSeconds)}s",
            $"--timeout={Text(ReplyTimeoutSeconds)}s",
            $"--script={script}",
            $"http://{server}/random/{Text(ReplyBytes)}",
            "--",
            Convert.ToHexStringLower(expected),
        ];
        List<RequestsRound> rounds = [];
        for (long made = 0; made < settings.Requests; made += rounds[^1].Requests)
        {
            ProcessResult result = await ChildProcess.RunAsync("wrk", arguments, cancellation: cancellation);
            if (result.ExitStatus != 0)
            {
                throw new HostException($"wrk failed: {result.Errors.Trim()}");
            }

            rounds.Add(RequestsRound.Parse(result.Output));
        }

        return rounds;
    }

    private static async Task<string> WriteScriptAsync(TemporaryFolder folder, CancellationToken cancellation)
    {
        await using Stream source = typeof(RequestsDemo).Assembly.GetManifestResourceStream(Script)!;
        string file = folder.File(Script);
        await using FileStream target = File.Create(file);
        await source.CopyToAsync(target, cancellation);
        return file;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
