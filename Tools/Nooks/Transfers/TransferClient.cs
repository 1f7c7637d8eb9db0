using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Transfers;

/// <summary>Transfers large contents from and to the guest's web server and checks every byte by digests.</summary>
public sealed class TransferClient : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const int MaximumBroken = 10_000;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    // A server that died need not have told: on a bad link what it said last may be lost, and who only listens never learns of it.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <summary>Talks to the server behind a port of this host.</summary>
    public TransferClient(int port)
        : this(new IPEndPoint(IPAddress.Loopback, port))
    {
    }

    /// <summary>Talks to a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="time">By what the 20 s are measured after which a request without a byte counts as broken off; the host's clock if it is not said.</param>
    public TransferClient(IPEndPoint server, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _http = new HttpClient { BaseAddress = new Uri($"http://{server}"), Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Waits until the server answers.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                try
                {
                    using HttpResponseMessage response = await _http.GetAsync(new Uri("/random/1", UriKind.Relative), cancellation);
                    if (response.IsSuccessStatusCode)
                    {
                        return;
                    }
                }
                catch (HttpRequestException)
                {
                    // Not there yet.
                }

                await Task.Delay(s_pause, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            throw new HostException("the guest's web server did not answer in time");
        }
    }

    /// <summary>Downloads, and goes on where a request was broken off.</summary>
    public async Task<TransferCounts> DownloadAsync(TransferSettings settings, GapMeter gaps, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(gaps);
        using IncrementalHash received = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferBytes];
        long offset = 0;
        int broken = 0;
        Stopwatch clock = Stopwatch.StartNew();
        while (offset < settings.LengthBytes)
        {
            broken += await BreaksOffAsync(
                async patience =>
                {
                    using HttpRequestMessage request = new(HttpMethod.Get, $"/random/{settings.LengthBytes.ToString(CultureInfo.InvariantCulture)}");
                    request.Headers.Range = new RangeHeaderValue(offset, Math.Min(offset + settings.PieceBytes, settings.LengthBytes) - 1);
                    using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
                    Require(response, HttpStatusCode.PartialContent);
                    await using Stream stream = await response.Content.ReadAsStreamAsync(patience.Token);
                    while (await stream.ReadAsync(buffer, patience.Token) is int length && length != 0)
                    {
                        received.AppendData(buffer, 0, length);
                        offset += length;
                        gaps.Move();
                        patience.CancelAfter(s_patience);
                    }
                },
                broken,
                cancellation) ? 1 : 0;
        }

        return new TransferCounts(
            offset, clock.Elapsed.TotalSeconds, broken, received.GetHashAndReset().AsSpan().SequenceEqual(DigestOf(settings.LengthBytes)), gaps.Milliseconds);
    }

    /// <summary>Uploads piece by piece, each of which the server answers with its digest, and repeats those that were broken off.</summary>
    public async Task<TransferCounts> UploadAsync(TransferSettings settings, GapMeter gaps, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(gaps);
        long offset = 0;
        int broken = 0;
        bool isIdentical = true;
        PieceLength piece = new(settings.PieceBytes);
        Stopwatch clock = Stopwatch.StartNew();
        while (offset < settings.LengthBytes)
        {
            long length = Math.Min(piece.Bytes, settings.LengthBytes - offset);
            bool breaksOff = await BreaksOffAsync(
                async patience =>
                {
                    using RandomBody body = new(offset, length, () =>
                    {
                        gaps.Move();
                        patience.CancelAfter(s_patience);
                    });
                    using HttpResponseMessage response = await _http.PostAsync(new Uri("/sha256", UriKind.Relative), body, patience.Token);
                    Require(response, HttpStatusCode.OK);
                    string digest = await response.Content.ReadAsStringAsync(patience.Token);
                    isIdentical &= digest.Trim().StartsWith(Convert.ToHexStringLower(body.Digest), StringComparison.Ordinal);
                },
                broken,
                cancellation);
            if (breaksOff)
            {
                piece.NoteBreak();
                broken++;
            }
            else
            {
                offset += length;
                piece.NoteEnd();
            }
        }

        return new TransferCounts(offset, clock.Elapsed.TotalSeconds, broken, isIdentical, gaps.Milliseconds);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static void Require(HttpResponseMessage response, HttpStatusCode status)
    {
        if (response.StatusCode != status)
        {
            throw new HostException($"the guest's web server answered {(int)response.StatusCode} {response.ReasonPhrase}");
        }
    }

    // Whether a request ends before it is done, with an error or in silence.
    private async Task<bool> BreaksOffAsync(Func<CancellationTokenSource, Task> request, int broken, CancellationToken cancellation)
    {
        using CancellationTokenSource patience = new(s_patience, _time);
        using CancellationTokenRegistration end = cancellation.Register(patience.Cancel);
        try
        {
            await request(patience);
            return false;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            if (broken >= MaximumBroken)
            {
                throw new HostException($"{broken + 1} requests were broken off, the last one by: {failure.Message}");
            }

            await Task.Delay(s_pause, cancellation);
            return true;
        }
    }

    private static byte[] DigestOf(long lengthBytes)
    {
        using IncrementalHash expected = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferBytes];
        for (long offset = 0; offset < lengthBytes; offset += buffer.Length)
        {
            RandomContent.Fill(offset, buffer);
            expected.AppendData(buffer, 0, (int)Math.Min(buffer.Length, lengthBytes - offset));
        }

        return expected.GetHashAndReset();
    }
}
