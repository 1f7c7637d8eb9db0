using System;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;

namespace NooksOS.Tests.Boot.Harness;

/// <summary>The kernel's web server in a machine of its own.</summary>
internal static class WebServer
{
    private const int Port = 80;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Boots a machine, waits until its server answers, and hands both to the test with the server's address.</summary>
    public static Task RunAsync(Func<BootedMachine, Uri, CancellationToken, Task> test)
    {
        int port = FreePort.Find();
        BootOptions options = new() { Forwards = [new PortForward(ForwardedTransport.Tcp, port, Port)] };
        Uri address = new($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");
        return BootTest.RunAsync(
            options,
            async machine =>
            {
                using CancellationTokenSource deadline = new(s_limit);
                await WaitForAnswerAsync(address, deadline.Token);
                await test(machine, address, deadline.Token);
            },
            s_limit);
    }

    // The guest gets its address only some time after it takes commands.
    private static async Task WaitForAnswerAsync(Uri address, CancellationToken cancellation)
    {
        using HttpClient client = new() { Timeout = TimeSpan.FromSeconds(2) };
        while (true)
        {
            try
            {
                (await client.GetAsync(address, cancellation)).Dispose();
                return;
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                await Task.Delay(s_pollInterval, cancellation);
            }
        }
    }
}
