using System;
using System.IO;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Sockets;

namespace NooksOS.Extensions.Iperf;

/// <summary>
/// Serves tests over TCP: throws away what comes, or sends for as long or as much as the client asks. Each test has a thread of its
/// own, whose calls wait: one call for a piece of the stream, and none to ask whether there is one.
/// </summary>
/// <param name="services">The sockets.</param>
/// <param name="readNanoseconds">Reads the time.</param>
/// <param name="report">Is told of each test that has ended.</param>
internal sealed class StreamTests(ISocketServices services, Func<long> readNanoseconds, Action<string> report)
{
    private const int Backlog = 64;

    // Anybody can ask for a test, and each one takes a thread.
    private const int MaximumTests = 16;

    // As much as a sender finds room for when it is woken: half of a connection's ring.
    private const int SendBytes = 128 * 1024;
    private const int SendsBetweenLooks = 8;
    private const double NanosecondsPerSecond = 1e9;
    private const double BitsPerMegabit = 1e6 / 8;

    // Nobody reads what is in it, so all tests share it.
    private readonly byte[] _buffer = new byte[SocketLimits.TransferBytes];
    private int _tests;

    /// <summary>Serves all clients. Does not return.</summary>
    public void Serve(IPEndPoint local)
    {
        TcpListener listener = new(services, local);
        listener.Start(Backlog);
        while (true)
        {
            try
            {
                Begin(listener.AcceptTcpClient());
            }
            catch (SocketException exception) when (exception.Status == CallStatus.OutOfResources)
            {
                // This connection could not be held; the next one may be.
            }
        }
    }

    private void Begin(TcpClient client)
    {
        if (Interlocked.Increment(ref _tests) > MaximumTests)
        {
            Interlocked.Decrement(ref _tests);
            client.Dispose();
            return;
        }

        new Thread(() => Test(client)) { IsBackground = true }.Start();
    }

    private void Test(TcpClient client)
    {
        try
        {
            using NetworkStream stream = client.GetStream();
            long start = readNanoseconds();
            byte[] header = new byte[TestRequest.SizeBytes];
            int length = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            TestRequest request = TestRequest.Read(header.AsSpan(0, length));
            long bytes = request.IsReverse ? Send(stream, request, start) : length + Receive(stream);
            Report(request.IsReverse ? "sent" : "received", bytes, readNanoseconds() - start);
        }
        catch (IOException exception)
        {
            report($"tcp: {exception.Message}");
        }
        finally
        {
            Interlocked.Decrement(ref _tests);
        }
    }

    private long Receive(NetworkStream stream)
    {
        long bytes = 0;
        while (stream.Read(_buffer) is int length && length != 0)
        {
            bytes += length;
        }

        return bytes;
    }

    private long Send(NetworkStream stream, TestRequest request, long startNanoseconds)
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

            int length = (int)Math.Min(left, SendBytes);
            stream.Write(_buffer.AsSpan(0, length));
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
