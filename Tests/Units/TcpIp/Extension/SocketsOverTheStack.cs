using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Extension;

/// <summary>Sockets of two machines: applications, shadows, stacks and drivers, all of the path but the protection.</summary>
public class SocketsOverTheStack
{
    private const ushort Port = 8080;

    private readonly SimulatedNetwork _network = new();
    private readonly Machine _server;
    private readonly Machine _client;
    private readonly Handle<TrackedObjects.Socket> _listener;

    public SocketsOverTheStack()
    {
        _server = new Machine(_network);
        _client = new Machine(_network, new MacAddress(0x5634_1201_5452));
        _ = new DhcpServer(_network)
        {
            Change = answer => answer.ClientHardware == _client.Station
                ? answer with { YourAddress = new Ipv4Address(0x0A00_0210) }
                : answer,
        };
        Assert.True(_network.RunUntil(
            () => _server.Configuration.Address != 0 && _client.Configuration.Address != 0, 60 * SimulatedNetwork.Second));
        _listener = _server.Sockets.Create(SocketKind.Stream).Value;
        Assert.True(_server.Sockets.Bind(_listener, 0, Port).Succeeded);
        Assert.True(_server.Sockets.Listen(_listener, 16).Succeeded);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void AStreamOutlivesWhoDies(bool stackDies, bool driverDies)
    {
        (Handle<TrackedObjects.Socket> near, Handle<TrackedObjects.Socket> far) = Connect();
        byte[] data = new byte[400_000];
        new Random(1).NextBytes(data);
        List<byte> received = [];
        byte[] buffer = new byte[16 * 1024];
        int sent = 0;
        long step = 0;
        bool isWhole = _network.RunUntil(
            () =>
            {
                ReadOnlySpan<byte> rest = data.AsSpan(sent, Math.Min(buffer.Length, data.Length - sent));
                sent += rest.IsEmpty ? 0 : (int)(_client.Sockets.Send(near, rest, 0).TryGet(out uint taken) ? taken : 0);
                if (_server.Sockets.Receive(far, buffer, 0).TryGet(out uint length))
                {
                    received.AddRange(buffer[..(int)length]);
                }

                bool mayDie = ++step % 20 == 0;
                if (stackDies && mayDie)
                {
                    (step % 40 == 0 ? _server : _client).RestartStack();
                }

                if (driverDies && mayDie)
                {
                    (step % 40 == 0 ? _client : _server).RestartDriver();
                }

                return received.Count == data.Length;
            },
            200 * SimulatedNetwork.Second);
        Assert.True(isWhole, $"{received.Count} of {data.Length}");
        Assert.Equal(data.AsSpan(), CollectionsMarshal.AsSpan(received));
        Assert.Equal(0, _server.Faults + _client.Faults);
    }

    [Fact]
    public void DatagramsGoBothWays()
    {
        Handle<TrackedObjects.Socket> far = _server.Sockets.Create(SocketKind.Datagram).Value;
        Handle<TrackedObjects.Socket> near = _client.Sockets.Create(SocketKind.Datagram).Value;
        Assert.True(_server.Sockets.Bind(far, 0, 5000).Succeeded);
        Assert.True(_client.Sockets.Bind(near, 0, 0).TryGet(out ushort port));
        _network.Run(50 * SimulatedNetwork.Millisecond);
        Assert.True(_client.Sockets.SendTo(near, _server.Configuration.Address, 5000, [1, 2, 3], 0).Succeeded);
        _network.Run(50 * SimulatedNetwork.Millisecond);
        byte[] buffer = new byte[100];
        Assert.True(_server.Sockets.ReceiveFrom(far, buffer, 0).TryGet(out ReceivedDatagram datagram));
        Assert.Equal(new ReceivedDatagram(3, _client.Configuration.Address, port), datagram);
        Assert.True(_server.Sockets.SendTo(far, datagram.RemoteAddress, datagram.RemotePort, [4, 5], 0).Succeeded);
        _network.Run(50 * SimulatedNetwork.Millisecond);
        Assert.True(_client.Sockets.ReceiveFrom(near, buffer, 0).TryGet(out datagram));
        Assert.Equal(new ReceivedDatagram(2, _server.Configuration.Address, 5000), datagram);
    }

    [Fact]
    public void BlocksComeBack()
    {
        for (int round = 0; round < 100; round++)
        {
            (Handle<TrackedObjects.Socket> near, Handle<TrackedObjects.Socket> far) = Connect();
            Assert.True(_client.Sockets.Close(near).Succeeded);
            Assert.True(_server.Sockets.Close(far).Succeeded);
            Assert.True(_network.RunUntil(() => _client.Blocks.Taken + _server.Blocks.Taken == 0, 10 * SimulatedNetwork.Second));
        }
    }

    private (Handle<TrackedObjects.Socket> Near, Handle<TrackedObjects.Socket> Far) Connect()
    {
        Handle<TrackedObjects.Socket> near = _client.Sockets.Create(SocketKind.Stream).Value;
        _ = _client.Sockets.Connect(near, _server.Configuration.Address, Port, 0);
        Handle<TrackedObjects.Socket> far = default;
        Assert.True(_network.RunUntil(
            () =>
            {
                bool isAccepted = _server.Sockets.Accept(_listener, 0).TryGet(out AcceptedSocket accepted);
                far = isAccepted ? accepted.Socket : far;
                return isAccepted;
            },
            10 * SimulatedNetwork.Second));
        return (near, far);
    }
}
