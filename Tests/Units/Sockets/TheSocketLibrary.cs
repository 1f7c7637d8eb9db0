using System;
using System.IO;
using System.Text;
using NooksOS.Contracts;
using NooksOS.Sockets;
using Xunit;
using Socket = NooksOS.Sockets.Socket;

namespace NooksOS.Tests.Units.Sockets;

public sealed class TheSocketLibrary
{
    private readonly SocketRig _rig = new();

    [Fact]
    public void AClientTalksToItsServer()
    {
        using TcpClient client = new(_rig.Sockets);
        _rig.WhileWaiting = () =>
        {
            _rig.Push();
            _rig.Stack.Commit(0, ConnectionState.Established);
        };
        client.Connect("10.0.2.2", 80);
        client.NoDelay = true;
        using NetworkStream stream = client.GetStream();
        stream.Write("question"u8);
        _rig.WhileWaiting = () =>
        {
            Assert.Equal("question"u8, _rig.Stack.Take(0));
            _rig.Stack.Arrive(0, "answer"u8);
            _rig.Stack.End(0);
        };
        Assert.Equal("answer", new StreamReader(stream).ReadToEnd());
        Assert.Equal(80, client.Client.RemoteEndPoint.Port);
        Assert.Equal("10.0.2.15", client.Client.LocalEndPoint.Address.ToString());
    }

    [Fact]
    public void AServerTalksToItsClient()
    {
        using TcpListener listener = new(_rig.Sockets, new IPEndPoint(IPAddress.Any, 80));
        listener.Start();
        _rig.Push();
        uint block = 0;
        _rig.WhileWaiting = () => block = _rig.Stack.Connect(80);
        using TcpClient client = listener.AcceptTcpClient();
        client.GetStream().Write(Encoding.ASCII.GetBytes("hello"));
        Assert.Equal("hello"u8, _rig.Stack.Take(block));
        Assert.Equal(80, listener.LocalEndpoint.Port);
    }

    [Fact]
    public void MoreThanARingIsSentWhole()
    {
        _rig.Connect(out _);
        using Socket socket = new(_rig.Sockets, SocketKind.Stream);
        int taken = 0;
        _rig.WhileWaiting = () =>
        {
            _rig.Push();
            _rig.Stack.Commit(1, ConnectionState.Established);
            taken += _rig.Stack.Take(1).Length;
        };
        socket.Connect(new IPEndPoint(new IPAddress(1), 80));
        socket.Send(new byte[100_000]);
        taken += _rig.Stack.Take(1).Length;
        Assert.Equal(100_000, taken);
    }

    [Fact]
    public void FailuresAreExceptionsThatSayHow()
    {
        using Socket socket = new(_rig.Sockets, SocketKind.Stream);
        Assert.Equal(CallStatus.NotConnected, Assert.Throws<SocketException>(() => socket.Send([1])).Status);
        socket.SendTimeout = 10;
        SocketException exception = Assert.Throws<SocketException>(() => socket.Connect(new IPEndPoint(new IPAddress(1), 80)));
        Assert.Equal(CallStatus.TimedOut, exception.Status);
        Assert.IsAssignableFrom<IOException>(exception);
    }

    [Fact]
    public void DatagramsGoBothWays()
    {
        using UdpClient client = new(_rig.Sockets, 53);
        client.Send("question"u8, new IPEndPoint(new IPAddress(9), 1000));
        _rig.Push();
        Assert.Equal("question"u8, _rig.Stack.Datagrams[0]);
        byte[] batch = new byte[64];
        int used = 0;
        DatagramBatch.TryAppend(
            batch, ref used, new Datagram { LocalPort = 53, RemoteAddress = 9, RemotePort = 1000, Payload = "answer"u8 });
        _rig.WhileWaiting = () => _rig.Stack.Host.ReceiveDatagrams(batch.AsSpan(0, used));
        byte[] buffer = new byte[16];
        Assert.Equal(6, client.Receive(buffer, out IPEndPoint remote));
        Assert.Equal("0.0.0.9:1000", remote.ToString());
    }

    [Fact]
    public void NamesAndAddressesAreFound()
    {
        _rig.WhileWaiting = () =>
        {
            _rig.Push();
            _rig.Stack.Host.Resolved(_rig.Stack.LastQuery, 0x0102_0304, CallStatus.Ok);
        };
        Assert.Equal("1.2.3.4", Dns.GetHostAddress(_rig.Sockets, "example.org").ToString());
        Assert.Equal("10.0.2.2", Dns.GetHostAddress(_rig.Sockets, "10.0.2.2").ToString());
        Assert.Throws<SocketException>(() => Dns.GetHostAddress(_rig.Sockets, new string('a', 300)));
    }

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("")]
    [InlineData("1..2.3")]
    [InlineData(" 1.2.3.4")]
    public void WhatIsNoAddressIsRefused(string text) => Assert.False(IPAddress.TryParse(text, out _));

    [Fact]
    public void ClosingTwiceIsNoError()
    {
        Socket socket = new(_rig.Sockets, SocketKind.Stream);
        socket.Close();
        socket.Dispose();
        socket.Abort();
        Assert.Equal(0u, _rig.Objects.Count);
    }
}
