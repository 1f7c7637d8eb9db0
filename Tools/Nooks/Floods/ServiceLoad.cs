using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Transfers;

namespace NooksOS.Tool.Floods;

/// <summary>Asks the guest's web server and its echo service in turn, over a new connection each time, and checks every byte of the answers.</summary>
public sealed class ServiceLoad : IDisposable
{
    private const int DocumentBytes = 20_000;
    private const int EchoBytes = 1000;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private static readonly byte[] s_document = MakeDocument();

    private readonly HttpClient _client = new() { Timeout = s_limit };
    private readonly Uri _document;
    private readonly IPEndPoint _echo;

    /// <summary>Will ask at ports of the loopback address.</summary>
    public ServiceLoad(int webPort, int echoPort)
        : this(new IPEndPoint(IPAddress.Loopback, webPort), new IPEndPoint(IPAddress.Loopback, echoPort))
    {
    }

    /// <summary>Will ask a web server and an echo service.</summary>
    public ServiceLoad(IPEndPoint web, IPEndPoint echo)
    {
        ArgumentNullException.ThrowIfNull(web);
        _client.DefaultRequestHeaders.ConnectionClose = true;
        _document = new UriBuilder(Uri.UriSchemeHttp, web.Address.ToString(), web.Port, $"/random/{DocumentBytes}").Uri;
        _echo = echo;
    }

    /// <summary>Waits until both services answer.</summary>
    public async Task WaitUntilUpAsync(CancellationToken cancellation)
    {
        while (await FailureOfAsync(AskWebAsync, cancellation) is not null || await FailureOfAsync(AskEchoAsync, cancellation) is not null)
        {
            await Task.Delay(s_pause, cancellation);
        }
    }

    /// <summary>Asks until something else is over, and at least once.</summary>
    public async Task<ServiceCounts> RunAsync(Task until, CancellationToken cancellation)
    {
        int succeeded = 0;
        int failed = 0;
        string? firstFailure = null;
        TimeSpan longest = TimeSpan.Zero;
        do
        {
            foreach (Func<CancellationToken, Task<bool>> ask in (Func<CancellationToken, Task<bool>>[])[AskWebAsync, AskEchoAsync])
            {
                Stopwatch clock = Stopwatch.StartNew();
                string? failure = await FailureOfAsync(ask, cancellation);
                succeeded += failure is null ? 1 : 0;
                failed += failure is null ? 0 : 1;
                firstFailure ??= failure;
                longest = clock.Elapsed > longest ? clock.Elapsed : longest;
            }

            await Task.Delay(s_pause, cancellation);
        }
        while (!until.IsCompleted);
        return new ServiceCounts(succeeded, failed, longest.TotalMilliseconds) { FirstFailure = firstFailure };
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static byte[] MakeDocument()
    {
        byte[] document = new byte[DocumentBytes];
        RandomContent.Fill(0, document);
        return document;
    }

    // Null if it did not fail.
    private static async Task<string?> FailureOfAsync(Func<CancellationToken, Task<bool>> ask, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_limit);
        try
        {
            return await ask(limit.Token) ? null : $"{ask.Method.Name}: the answer was another one";
        }
        catch (Exception failure) when (failure is IOException or SocketException or HttpRequestException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return $"{ask.Method.Name}: {(failure.InnerException ?? failure).Message}";
        }
    }

    private async Task<bool> AskWebAsync(CancellationToken cancellation)
    {
        byte[] answer = await _client.GetByteArrayAsync(_document, cancellation);
        return answer.AsSpan().SequenceEqual(s_document);
    }

    private async Task<bool> AskEchoAsync(CancellationToken cancellation)
    {
        using TcpClient client = new();
        await client.ConnectAsync(_echo, cancellation);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(s_document.AsMemory(0, EchoBytes), cancellation);
        byte[] answer = new byte[EchoBytes];
        await stream.ReadExactlyAsync(answer, cancellation);
        return answer.AsSpan().SequenceEqual(s_document.AsSpan(0, EchoBytes));
    }
}
