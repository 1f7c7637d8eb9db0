using System;
using System.Diagnostics;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;

namespace NooksOS.Tests.Boot.Browser;

/// <summary>Chromium without a window, driven by its DevTools protocol. Installed if it is missing.</summary>
internal sealed partial class HeadlessBrowser : IAsyncDisposable
{
    private const string Program = "chromium-headless-shell";

    private readonly TemporaryFolder _profile;
    private readonly Process _process;

    private HeadlessBrowser(TemporaryFolder profile, Process process)
    {
        _profile = profile;
        _process = process;
    }

    /// <summary>Where the protocol is spoken.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Starts the browser.</summary>
    public static async Task<HeadlessBrowser> StartAsync(CancellationToken cancellation)
    {
        await new Prerequisites(new Progress()).EnsureAsync([DebianPackage.Browser], cancellation);
        TemporaryFolder profile = new();
        string[] arguments =
        [
            // Its own sandbox needs rights that a test machine may not give; it sees nothing but our page.
            "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", $"--user-data-dir={profile.File("profile")}", "about:blank",
        ];
        Process process = ChildProcess.Start(Program, arguments, folder: null, capture: true);
        try
        {
            while (await process.StandardError.ReadLineAsync(cancellation) is { } line)
            {
                if (EndpointPattern().Match(line) is { Success: true } match)
                {
                    _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
                    return new HeadlessBrowser(profile, process) { Endpoint = new Uri(match.Groups["endpoint"].Value) };
                }
            }

            throw new InvalidOperationException($"{Program} ended without a word about its protocol.");
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            profile.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Dispose();
    }

    [GeneratedRegex(@"^DevTools listening on (?<endpoint>ws://\S+)")]
    private static partial Regex EndpointPattern();
}
