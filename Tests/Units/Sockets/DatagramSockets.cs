using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Sockets;

public sealed class DatagramSockets
{
    private readonly SocketRig _rig = new(options: new SocketShadowOptions { DatagramQueueBytes = 1024, OutgoingDatagramBytes = 4096 });
    private readonly Handle<TrackedObjects.Socket> _socket;

    public DatagramSockets()
    {
        _socket = _rig.Create(SocketKind.Datagram);
        _rig.Sockets.Bind(_socket, 0, 53);
        _rig.Push();
    }

    [Fact]
    public void TheStackIsToldWhichPortsAreOpen()
    {
        Assert.Contains("bind 53", _rig.Stack.Events);
        _rig.Sockets.Close(_socket);
        _rig.Push();
        Assert.Equal("unbind 53", _rig.Stack.Events[^1]);
    }

    [Fact]
    public void WhatIsSentLeavesInOneBatch()
    {
        Assert.Equal(CallStatus.Ok, _rig.Sockets.SendTo(_socket, 1, 7, "one"u8, 0).Status);
        Assert.Equal(CallStatus.Ok, _rig.Sockets.SendTo(_socket, 1, 7, "two"u8, 0).Status);
        _rig.Stack.Events.Clear();
        _rig.Push();
        Assert.Equal(["datagrams"], _rig.Stack.Events);
        Assert.Equal("two"u8, _rig.Stack.Datagrams[1]);
    }

    [Fact]
    public void WhatArrivesIsReceivedWithItsSender()
    {
        byte[] buffer = new byte[16];
        Assert.Equal(CallStatus.WouldBlock, _rig.Sockets.ReceiveFrom(_socket, buffer, 0).Status);
        Assert.Equal(1u, Deliver(53, 9, 1000, "hello"u8));
        Assert.Equal(new ReceivedDatagram(5, 9, 1000), _rig.Sockets.ReceiveFrom(_socket, buffer, 0).Value);
        Assert.Equal("hello"u8, buffer.AsSpan(0, 5));
    }

    [Fact]
    public void WhatDoesNotFitTheBufferIsCutOff()
    {
        Deliver(53, 9, 1000, "hello"u8);
        Deliver(53, 9, 1000, "again"u8);
        byte[] buffer = new byte[2];
        Assert.Equal(2u, _rig.Sockets.ReceiveFrom(_socket, buffer, 0).Value.LengthBytes);
        _rig.Sockets.ReceiveFrom(_socket, buffer, 0);
        Assert.Equal("ag"u8, buffer);
    }

    [Fact]
    public void AQueueThatIsFullDropsWhatComes()
    {
        for (int count = 0; count < 20; count++)
        {
            Deliver(53, 9, 1000, new byte[100]);
        }

        Assert.Equal(11ul, _rig.Shadow.GetStatistics().DatagramsDropped);
        for (int count = 0; count < 9; count++)
        {
            Assert.True(_rig.Sockets.ReceiveFrom(_socket, new byte[100], 0).Succeeded);
        }

        Assert.Equal(1u, Deliver(53, 9, 1000, new byte[900]));
    }

    [Fact]
    public void WhatOneExchangeOfTheStackBringsIsNotDropped()
    {
        // A queue held less than the stack brings in one call, before which no reader runs on a machine with one processor.
        SocketRig rig = new();
        rig.Sockets.Bind(rig.Create(SocketKind.Datagram), 0, 53);
        rig.Push();
        for (int count = 0; count < PacketBatch.ExchangeFrames; count++)
        {
            Assert.Equal(1u, Deliver(rig, 53, 9, 1000, new byte[1470]));
        }

        Assert.Equal(0ul, rig.Shadow.GetStatistics().DatagramsDropped);
    }

    [Fact]
    public void AQueueThatIsNeverEmptyKeepsTheOrder()
    {
        Random random = new(1);
        Queue<byte[]> queued = [];
        byte[] buffer = new byte[512];
        for (int round = 0; round < 20_000; round++)
        {
            byte[] datagram = new byte[random.Next(200)];
            random.NextBytes(datagram);
            bool fits = Deliver(53, 9, 1000, datagram) == 1;
            if (fits)
            {
                queued.Enqueue(datagram);
            }

            // Half of the memory is always of use, wherever the oldest lies in it.
            Assert.True(fits || queued.Sum(waiting => waiting.Length + DatagramBatch.HeaderBytes) > 512, $"round {round}");
            for (int count = random.Next(3); count > 0 && queued.Count > 1; count--)
            {
                uint length = _rig.Sockets.ReceiveFrom(_socket, buffer, 0).Value.LengthBytes;
                Assert.Equal(queued.Dequeue(), buffer[..(int)length]);
            }
        }
    }

    [Fact]
    public void WhoSendsTooMuchWaits()
    {
        while (_rig.Sockets.SendTo(_socket, 1, 7, new byte[500], 0).Succeeded)
        {
        }

        _rig.WhileWaiting = _rig.Push;
        Assert.Equal(CallStatus.Ok, _rig.Sockets.SendTo(_socket, 1, 7, new byte[500], SocketRig.Forever).Status);
    }

    [Fact]
    public void ASocketWithAPeerHearsNobodyElse()
    {
        Assert.Equal(CallStatus.Ok, _rig.Sockets.Connect(_socket, 9, 1000, 0).Status);
        Assert.Equal(0u, Deliver(53, 9, 1001, "no"u8));
        Assert.Equal(0u, Deliver(53, 8, 1000, "no"u8));
        Assert.Equal(1u, Deliver(53, 9, 1000, "yes"u8));
        Assert.Equal(3u, _rig.Sockets.Receive(_socket, new byte[8], 0).Value);
        Assert.Equal(4u, _rig.Sockets.Send(_socket, "back"u8, 0).Value);
        _rig.Push();
        Assert.Equal("back"u8, _rig.Stack.Datagrams[0]);
    }

    [Fact]
    public void ASocketWithoutAPortGetsOneWhenItSends()
    {
        Handle<TrackedObjects.Socket> socket = _rig.Create(SocketKind.Datagram);
        Assert.Equal(CallStatus.NotConnected, _rig.Sockets.Send(socket, [1], 0).Status);
        Assert.Equal(CallStatus.Ok, _rig.Sockets.SendTo(socket, 1, 7, [1], 0).Status);
        Assert.InRange(_rig.Sockets.GetInformation(socket).Value.LocalPort, 49152, 65535);
    }

    [Fact]
    public void DatagramsForNobodyAreNotTaken() => Assert.Equal(0u, Deliver(54, 9, 1000, "x"u8));

    [Fact]
    public void AnArrivalIsReported()
    {
        Deliver(53, 9, 1000, "x"u8);
        SocketReady[] ready = new SocketReady[2];
        Assert.Equal(1u, _rig.Sockets.WaitReady(ready, 0).Value);
        Assert.Equal(new SocketReady(_socket, SocketEvents.Readable), ready[0]);
    }

    [Fact]
    public void StreamsAndDatagramsHavePortsOfTheirOwn()
        => Assert.Equal(53, _rig.Sockets.Bind(_rig.Create(), 0, 53).Value);

    private uint Deliver(ushort localPort, uint address, ushort port, ReadOnlySpan<byte> payload)
        => Deliver(_rig, localPort, address, port, payload);

    private static uint Deliver(SocketRig rig, ushort localPort, uint address, ushort port, ReadOnlySpan<byte> payload)
    {
        byte[] batch = new byte[2048];
        int used = 0;
        DatagramBatch.TryAppend(
            batch,
            ref used,
            new Datagram { LocalPort = localPort, RemoteAddress = address, RemotePort = port, Payload = payload });
        return rig.Stack.Host.ReceiveDatagrams(batch.AsSpan(0, used)).Value;
    }
}
