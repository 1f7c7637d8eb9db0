using System;
using System.IO;
using System.Threading.Tasks;
using NooksOS.Contracts;
using NooksOS.Sockets;

namespace NooksOS.Extensions.Iperf;

/// <summary>Serves tests over TCP: throws away what comes, or sends for as long or as much as the client asks.</summary>
/// <param name="loop">Waits for the sockets.</param>
/// <param name="readNanoseconds">Reads the time.</param>
/// <param name="report">Is told of each test that has ended.</param>
internal sealed class StreamTests(SocketLoop loop, Func<long> readNanoseconds, Action<string> report)
{
    private const int Backlog = 64;
    private const int SendsBetweenLooks = 8;
    private const double NanosecondsPerSecond = 1e9;
    private const double BitsPerMegabit = 1e6 / 8;

    // Nobody reads what is in it, so all tests share it; a thread runs one of them at a time.
    private readonly byte[] _buffer = new byte[SocketLimits.TransferBytes];

    /// <summary>Serves all clients. Does not return.</summary>
    public async Task ServeAsync(IPEndPoint local)
    {
        using TcpListener listener = new(loop, local);
        listener.Start(Backlog);
        while (true)
        {
            try
            {
                _ = TestAsync(await listener.AcceptTcpClientAsync());
            }
            catch (SocketException exception) when (exception.Status == CallStatus.OutOfResources)
            {
                // This connection could not be held; the next one may be.
            }
        }
    }

    private async Task TestAsync(TcpClient client)
    {
        using NetworkStream stream = client.GetStream();
        long start = readNanoseconds();
        try
        {
            byte[] header = new byte[TestRequest.SizeBytes];
            int length = await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false);
            TestRequest request = TestRequest.Read(header.AsSpan(0, length));
            long bytes = request.IsReverse ? await SendAsync(stream, request, start) : length + await ReceiveAsync(stream);
            Report(request.IsReverse ? "sent" : "received", bytes, readNanoseconds() - start);
        }
        catch (IOException exception)
        {
            report($"tcp: {exception.Message}");
        }
    }

    private async Task<long> ReceiveAsync(NetworkStream stream)
    {
        long bytes = 0;
        while (await stream.ReadAsync(_buffer) is int length && length != 0)
        {
            bytes += length;
        }

        return bytes;
    }

    private async Task<long> SendAsync(NetworkStream stream, TestRequest request, long startNanoseconds)
    {
        long bytes = 0;
        long end = request.AmountBytes == 0 ? startNanoseconds + request.DurationNanoseconds : long.MaxValue;
        long left = request.AmountBytes == 0 ? long.MaxValue : request.AmountBytes;
        for (int sends = 0; left > 0; sends++)
        {
            // To ask for the time is a call to the kernel.
            if (sends % SendsBetweenLooks == 0 && readNanoseconds() >= end)
            {
                break;
            }

            int length = (int)Math.Min(left, _buffer.Length);
            await stream.WriteAsync(_buffer.AsMemory(0, length));
            bytes += length;
            left -= length;
        }

        return bytes;
    }

    private void Report(string verb, long bytes, long nanoseconds)
    {
        double seconds = Math.Max(nanoseconds, 1) / NanosecondsPerSecond;
        report($"tcp: {verb} {bytes} bytes in {seconds:F2} s, {bytes / seconds / BitsPerMegabit:F1} Mbit/s");
    }
}
