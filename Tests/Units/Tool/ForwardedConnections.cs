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

    [Fact]
    public async Task ARefusedConnectionIsAnError()
    {
        using Socket bound = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await Assert.ThrowsAsync<SocketException>(async () => await new ForwardConnector().ConnectAsync(bound.LocalEndPoint!, CancellationToken.None));
    }
}
