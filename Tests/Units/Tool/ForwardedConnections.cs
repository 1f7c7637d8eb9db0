using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Links;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public class ForwardedConnections
{
    // No range of Linux or of the tool's own.
    private const int FirstPort = 9_900;

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task AConnectionThatTheHostDroppedIsTriedAgain()
    {
        // As QEMU listens: one connection waits, and Linux lets one more in.
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        EndPoint address = listener.LocalEndPoint!;
        ForwardConnector connector = new();
        using Socket first = await connector.ConnectAsync(address, CancellationToken.None);
        using Socket second = await connector.ConnectAsync(address, CancellationToken.None);
        Task<Socket> third = connector.ConnectAsync(address, CancellationToken.None).AsTask();
        while (connector.Attempts < 4)
        {
            await Task.Delay(s_poll, CancellationToken.None);
        }

        Assert.False(third.IsCompleted);
        using Socket firstAccepted = await listener.AcceptAsync(CancellationToken.None);
        using Socket connected = await third;
        Assert.True(connected.Connected);
    }

    // The host chose the same port again after some 20 s, while the guest still held the connection before.
    [Fact]
    public async Task ASourcePortComesAgainOnlyAfterAllOthers()
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(8);

        // Somebody listens at the second port, and somebody else is connected from the third.
        SourcePorts ports = new(FirstPort, 5);
        using Socket server = new(SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.IPv6Any, FirstPort + 1));
        server.Listen();
        using Socket client = new(SocketType.Stream, ProtocolType.Tcp);
        client.Bind(new IPEndPoint(IPAddress.IPv6Any, FirstPort + 2));
        await client.ConnectAsync(listener.LocalEndPoint!, CancellationToken.None);
        ForwardConnector connector = new(ports);
        foreach (int expected in new[] { FirstPort, FirstPort + 3, FirstPort + 4 })
        {
            using Socket connected = await connector.ConnectAsync(listener.LocalEndPoint!, CancellationToken.None);
            Assert.Equal(expected, ((IPEndPoint)connected.LocalEndPoint!).Port);
        }

        Assert.Equal(FirstPort, ports.Next());
    }

    [Fact]
    public async Task ARefusedConnectionIsAnError()
    {
        using Socket bound = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await Assert.ThrowsAsync<SocketException>(async () => await new ForwardConnector().ConnectAsync(bound.LocalEndPoint!, CancellationToken.None));
    }
}
