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

    private readonly HttpClient _http;

    /// <summary>Talks to the server behind a port of this host.</summary>
    public TransferClient(int port)
        : this(new IPEndPoint(IPAddress.Loopback, port))
    {
    }

    /// <summary>Talks to a server.</summary>
    public TransferClient(IPEndPoint server)
    {
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
            try
            {
                using HttpRequestMessage request = new(HttpMethod.Get, $"/random/{settings.LengthBytes.ToString(CultureInfo.InvariantCulture)}");
                request.Headers.Range = new RangeHeaderValue(offset, Math.Min(offset + settings.PieceBytes, settings.LengthBytes) - 1);
                using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
                Require(response, HttpStatusCode.PartialContent);
                await using Stream stream = await response.Content.ReadAsStreamAsync(cancellation);
                while (await stream.ReadAsync(buffer, cancellation) is int length && length != 0)
                {
                    received.AppendData(buffer, 0, length);
                    offset += length;
                    gaps.Move();
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException)
            {
                await CountBrokenAsync(++broken, failure, cancellation);
            }
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
            using RandomBody body = new(offset, length, gaps);
            try
            {
                using HttpResponseMessage response = await _http.PostAsync(new Uri("/sha256", UriKind.Relative), body, cancellation);
                Require(response, HttpStatusCode.OK);
                string digest = await response.Content.ReadAsStringAsync(cancellation);
                isIdentical &= digest.Trim().StartsWith(Convert.ToHexStringLower(body.Digest), StringComparison.Ordinal);
                offset += length;
                piece.NoteEnd();
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException)
            {
                piece.NoteBreak();
                await CountBrokenAsync(++broken, failure, cancellation);
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

    private static async Task CountBrokenAsync(int broken, Exception failure, CancellationToken cancellation)
    {
        if (broken > MaximumBroken)
        {
            throw new HostException($"{broken} requests were broken off, the last one by: {failure.Message}");
        }

        await Task.Delay(s_pause, cancellation);
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
