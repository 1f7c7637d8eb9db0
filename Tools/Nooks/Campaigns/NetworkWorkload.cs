using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Echo;
using NooksOS.Tool.Links;
using NooksOS.Tool.Transfers;

namespace NooksOS.Tool.Campaigns;

/// <summary>
/// The users of a machine's network, all at once: datagrams to the echo port, a download, an upload and a request that is refused. Each
/// checks every byte it gets, tries again after an error, and has until a deadline to finish.
/// </summary>
internal sealed class NetworkWorkload(int echoPort, int webPort) : ITrialWorkload
{
    private const int Datagrams = 12;
    private const int DownloadBytes = 96 * 1024;
    private const int UploadBytes = 64 * 1024;

    private static readonly TimeSpan s_retransmission = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_requestBound = TimeSpan.FromMilliseconds(2500);
    private static readonly byte[] s_downloadDigest = SHA256.HashData(Content(DownloadBytes));
    private static readonly byte[] s_upload = Content(UploadBytes);
    private static readonly string s_uploadDigest = Convert.ToHexStringLower(SHA256.HashData(s_upload));

    private int _wrongAnswers;
    private int _errors;
    private string? _failure;

    /// <inheritdoc/>
    public async Task<WorkloadResult> RunAsync(TimeSpan deadline, int seed, CancellationToken cancellation)
    {
        WaitMeter meter = new();
        using CancellationTokenSource bound = SteadyBound.Start(deadline, cancellation);
        _wrongAnswers = _errors = 0;
        _failure = null;
        bool completed;
        try
        {
            using HttpClient http = new(new SocketsHttpHandler
            {
                PooledConnectionLifetime = TimeSpan.Zero,
                ConnectCallback = new ForwardConnector().Callback,
            })
            {
                BaseAddress = new Uri($"http://127.0.0.1:{webPort.ToString(CultureInfo.InvariantCulture)}"),
                Timeout = Timeout.InfiniteTimeSpan,
            };
            await Task.WhenAll(
                EchoAsync(seed, meter, bound.Token),
                RepeatAsync(token => DownloadAsync(http, meter, token), bound.Token),
                RepeatAsync(token => UploadAsync(http, meter, token), bound.Token),
                RepeatAsync(token => RefusedAsync(http, meter, token), bound.Token));
            completed = true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            completed = false;
        }

        return new WorkloadResult(completed, _wrongAnswers, _errors, meter.LongestMilliseconds(), _failure);
    }

    private static byte[] Content(int lengthBytes)
    {
        byte[] content = new byte[lengthBytes];
        RandomContent.Fill(0, content);
        return content;
    }

    private async Task EchoAsync(int seed, WaitMeter meter, CancellationToken cancellation)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(IPAddress.Loopback, echoPort);
        byte[] sent = new byte[EchoDatagram.LongestBytes];
        byte[] received = new byte[ushort.MaxValue];
        Random random = new(seed);
        for (uint number = 0; number < Datagrams; number++)
        {
            uint sequence = unchecked((uint)seed * Datagrams) + number;
            int length = EchoDatagram.Write(sent, sequence, random);
            while (!await ExchangeAsync(socket, sent.AsMemory(0, length), received, sequence, cancellation))
            {
                // A datagram may be lost: that is no error.
            }

            meter.Answered();
        }
    }

    private async Task<bool> ExchangeAsync(
        Socket socket, ReadOnlyMemory<byte> datagram, byte[] received, uint sequence, CancellationToken cancellation)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(s_retransmission);
        try
        {
            await socket.SendAsync(datagram, SocketFlags.None, cancellation);
            while (true)
            {
                int length = await socket.ReceiveAsync(received, SocketFlags.None, patience.Token);
                if (!EchoDatagram.TryRead(received.AsSpan(0, length), out uint answered))
                {
                    Interlocked.Increment(ref _wrongAnswers);
                    _failure = "a datagram came back changed";
                }
                else if (answered == sequence)
                {
                    bool isSame = received.AsSpan(0, length).SequenceEqual(datagram.Span);
                    _wrongAnswers += isSame ? 0 : 1;
                    return true;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (SocketException)
        {
            await Task.Delay(s_pause, cancellation);
            return false;
        }
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> request, CancellationToken cancellation)
    {
        while (true)
        {
            using CancellationTokenSource bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            bound.CancelAfter(s_requestBound);
            try
            {
                await request(bound.Token);
                return;
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException
                || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                Interlocked.Increment(ref _errors);
                _failure = failure.Message;
                await Task.Delay(s_pause, cancellation);
            }
        }
    }

    private async Task DownloadAsync(HttpClient http, WaitMeter meter, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await http.GetAsync(
            new Uri($"/random/{DownloadBytes}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancellation);
        Expect(response, HttpStatusCode.OK);
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellation);
        using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellation) is int length && length != 0)
        {
            digest.AppendData(buffer, 0, length);
            meter.Answered();
        }

        CountWrong(digest.GetHashAndReset().AsSpan().SequenceEqual(s_downloadDigest), "a download had other bytes");
    }

    private async Task UploadAsync(HttpClient http, WaitMeter meter, CancellationToken cancellation)
    {
        using ByteArrayContent body = new(s_upload);
        using HttpResponseMessage response = await http.PostAsync(new Uri("/sha256", UriKind.Relative), body, cancellation);
        Expect(response, HttpStatusCode.OK);
        string answer = await response.Content.ReadAsStringAsync(cancellation);
        CountWrong(answer.StartsWith(s_uploadDigest, StringComparison.Ordinal), "an upload arrived with other bytes");
        meter.Answered();
    }

    private async Task RefusedAsync(HttpClient http, WaitMeter meter, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await http.GetAsync(new Uri("/no/such/page", UriKind.Relative), cancellation);
        Expect(response, HttpStatusCode.NotFound);
        meter.Answered();
    }

    // A server that refuses a request or gives it up says so: an error of its user's, who tries again. Any other answer is a wrong one.
    private void Expect(HttpResponseMessage response, HttpStatusCode status)
    {
        if (response.StatusCode == status)
        {
            return;
        }

        string what = $"the web server answered {(int)response.StatusCode} {response.ReasonPhrase}";
        if ((int)response.StatusCode >= (int)HttpStatusCode.BadRequest)
        {
            throw new HttpRequestException(what);
        }

        CountWrong(isRight: false, what);
    }

    private void CountWrong(bool isRight, string what)
    {
        if (!isRight)
        {
            Interlocked.Increment(ref _wrongAnswers);
            _failure = what;
        }
    }
}
