using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace NooksOS.Tests.Boot.Harness;

/// <summary>A TCP connection of the host's to the echo service of a machine.</summary>
internal sealed class EchoConnection : IDisposable
{
    /// <summary>The port of the service in the machine.</summary>
    public const int GuestPort = 7;

    private const int BufferBytes = 64 * 1024;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    private readonly TcpClient _client = new();

    /// <summary>Connects, and proves that the service answers.</summary>
    public static async Task<EchoConnection> OpenAsync(int hostPort, CancellationToken cancellation)
    {
        EchoConnection connection = new();
        await connection._client.ConnectAsync(IPAddress.Loopback, hostPort, cancellation);
        await connection.ExchangeAsync([1], cancellation);
        return connection;
    }

    /// <summary>
    /// Connects as soon as the machine has a network: until then the emulator accepts for it, and resets what is not answered in time.
    /// </summary>
    public static async Task<EchoConnection> OpenWhenUpAsync(int hostPort, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await OpenAsync(hostPort, cancellation);
            }
            catch (IOException)
            {
                await Task.Delay(s_pause, cancellation);
            }
        }
    }

    /// <summary>Sends the bytes and requires the same ones back.</summary>
    public async Task ExchangeAsync(byte[] sent, CancellationToken cancellation)
    {
        NetworkStream stream = _client.GetStream();
        Task sending = stream.WriteAsync(sent, cancellation).AsTask();
        byte[] received = new byte[sent.Length];
        int length = 0;
        while (length < received.Length)
        {
            int count = await stream.ReadAsync(received.AsMemory(length, Math.Min(BufferBytes, received.Length - length)), cancellation);
            Assert.True(count != 0, $"the connection ended after {length} of {sent.Length} bytes");
            length += count;
        }

        await sending;
        Assert.True(sent.AsSpan().SequenceEqual(received), "the bytes came back changed");
    }

    /// <summary>Ends this side, and requires the other one to end too.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        NetworkStream stream = _client.GetStream();
        _client.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await stream.ReadAsync(new byte[1], cancellation));
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
