using System;
using System.IO;
using System.Threading.Tasks;
using NooksOS.Contracts;
using NooksOS.Image.Hosting;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Threads;
using NooksOS.Sockets;

namespace NooksOS.Image.Services;

/// <summary>Sends back what it receives over TCP (RFC 862): the simplest user of connections that outlive everything below.</summary>
internal sealed class EchoService(ISocketServices sockets)
{
    private const ushort Port = 7;
    private const int Backlog = 256;
    private const int BufferBytes = 8 * 1024;

    /// <summary>Serves all connections on one thread of the kernel.</summary>
    public void Start() => KernelThreads.Start("echo"u8, ThreadPriority.Normal, Run);

    private static async Task EchoAsync(TcpClient client)
    {
        using NetworkStream stream = client.GetStream();
        byte[] buffer = new byte[BufferBytes];
        try
        {
            while (await stream.ReadAsync(buffer) is int length && length != 0)
            {
                await stream.WriteAsync(buffer.AsMemory(0, length));
            }
        }
        catch (IOException)
        {
            // The client is gone; there is nobody left to tell.
        }
    }

    private void Run()
    {
        try
        {
            SocketLoop loop = new(sockets);
            using TcpListener listener = new(loop, new IPEndPoint(IPAddress.Any, Port));
            listener.Start(Backlog);
            Task serving = AcceptAllAsync(listener);
            loop.Run();
            serving.GetAwaiter().GetResult();
        }
        catch (IOException exception)
        {
            Log.Write($"echo: {exception.Message}");
        }
    }

    private static async Task AcceptAllAsync(TcpListener listener)
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (SocketException exception) when (exception.Status == CallStatus.OutOfResources)
            {
                // This connection could not be held; the next one may be.
                continue;
            }

            _ = EchoAsync(client);
        }
    }
}
