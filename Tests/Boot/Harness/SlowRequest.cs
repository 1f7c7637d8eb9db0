using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace NooksOS.Tests.Boot.Harness;

/// <summary>HTTP requests whose heads never end.</summary>
internal static class SlowRequest
{
    private const int BufferBytes = 4096;

    // Its answer is a head and nothing else.
    private static readonly byte[] s_whole = [.. "HEAD /random/1 HTTP/1.1\r\nHost: nooks\r\n\r\n"u8];
    private static readonly byte[] s_start = [.. "GET / HTTP/1.1\r\nHost: nooks\r\nX: "u8];
    private static readonly byte[] s_more = [.. "a"u8];
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>Begins so many, adds a byte to each every second, and ends when the server has ended them all.</summary>
    public static async Task RunAsync(int port, int count, CancellationToken cancellation)
    {
        List<Task> running = [];
        while (running.Count < count)
        {
            running.Add(TrickleAsync(await OpenAsync(port, cancellation), cancellation));
        }

        await Task.WhenAll(running);
    }

    // A request that is answered comes first: the emulator keeps one connection waiting, and refuses more for a second.
    private static async Task<TcpClient> OpenAsync(int port, CancellationToken cancellation)
    {
        TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(s_whole, cancellation);
        byte[] answer = new byte[BufferBytes];
        for (int length = 0; !answer.AsSpan(0, length).EndsWith("\r\n\r\n"u8);)
        {
            int count = await stream.ReadAsync(answer.AsMemory(length), cancellation);
            Assert.NotEqual(0, count);
            length += count;
        }

        return client;
    }

    private static async Task TrickleAsync(TcpClient client, CancellationToken cancellation)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            try
            {
                await stream.WriteAsync(s_start, cancellation);
                Task ending = ReadToEndAsync(stream, cancellation);
                while (await Task.WhenAny(ending, Task.Delay(s_interval, cancellation)) != ending)
                {
                    cancellation.ThrowIfCancellationRequested();
                    await stream.WriteAsync(s_more, cancellation);
                }

                await ending;
            }
            catch (IOException)
            {
                // The server may end it by a reset as well.
            }
        }
    }

    private static async Task ReadToEndAsync(NetworkStream stream, CancellationToken cancellation)
    {
        byte[] buffer = new byte[BufferBytes];
        while (await stream.ReadAsync(buffer, cancellation) != 0)
        {
            // What the server says to this is not of interest here.
        }
    }
}
