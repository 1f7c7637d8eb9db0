using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Floods;

/// <summary>Sends broken requests to the guest's web server, each over a connection of its own, and waits for the end of each.</summary>
/// <param name="server">The web server.</param>
/// <param name="workers">How many connections at a time.</param>
public sealed class RequestFuzzLoad(IPEndPoint server, int workers)
{
    private const int MostAnswerBytes = 256 * 1024;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private int _stalled;

    /// <summary>Requests after which the server neither answered nor ended the connection in time.</summary>
    public int Stalled => _stalled;

    /// <summary>Sends so many.</summary>
    /// <exception cref="HostException">The host did not let one of them leave.</exception>
    public Task RunAsync(RequestFuzzer fuzzer, int requests, CancellationToken cancellation)
    {
        int left = requests;
        return Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync()));

        async Task WorkAsync()
        {
            while (Next() is { } request)
            {
                await SendAsync(request, cancellation);
            }
        }

        byte[]? Next()
        {
            lock (fuzzer)
            {
                return left-- > 0 ? fuzzer.Next() : null;
            }
        }
    }

    private async Task SendAsync(byte[] request, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_limit);
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync(server, limit.Token);
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync(request, limit.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            byte[] answer = new byte[MostAnswerBytes];
            await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, limit.Token);
        }
        catch (Exception failure) when (ErrorOf(failure) is SocketError.ConnectionReset or SocketError.ConnectionAborted
            or SocketError.ConnectionRefused or SocketError.NotConnected or SocketError.Shutdown)
        {
            // A reset is an answer to what cannot be understood, be it before or after we had said all of it.
        }
        catch (Exception failure) when (ErrorOf(failure) == SocketError.TimedOut)
        {
            Interlocked.Increment(ref _stalled);
        }
        catch (Exception failure) when (ErrorOf(failure) is not null)
        {
            throw new HostException($"a broken request did not leave the host: {failure.Message}", failure);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Interlocked.Increment(ref _stalled);
        }
    }

    // Null if it is another kind of failure.
    private static SocketError? ErrorOf(Exception failure) => ((failure as SocketException) ?? failure.InnerException as SocketException)?.SocketErrorCode;
}
