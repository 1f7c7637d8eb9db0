using System;
using System.Linq;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Internet;

public class SplittingDatagrams
{
    private const ushort Port = 5000;

    private readonly StackWithAddress _rig = new();

    private Peer Host => _rig.Host;

    [Theory]
    [InlineData(1473, 2)]
    [InlineData(2952, 2)]
    [InlineData(2953, 3)]
    [InlineData(16_384, 12)]
    public void WhatNoFrameHoldsLeavesInFragments(int length, int fragments)
    {
        byte[] data = new byte[length];
        new Random(length).NextBytes(data);
        Host.SendUdpInFragments(_rig.Stack.Address, Port, EchoService.Port, data);
        _rig.RunMilliseconds(10);
        (UdpHeader header, Ipv4Address source, byte[] echoed) = Assert.Single(Host.Datagrams);
        Assert.Equal((EchoService.Port, Port, _rig.Stack.Address), (header.SourcePort, header.DestinationPort, source));
        Assert.Equal(data, echoed);
        Assert.Equal(fragments, Host.Fragments);
        Assert.Equal(0ul, _rig.Counters[DropReason.OutgoingOverflow]);
    }

    [Fact]
    public void WhatAFrameHoldsIsNotSplit()
    {
        Host.SendUdp(_rig.Stack.Address, Port, EchoService.Port, new byte[1472]);
        _rig.RunMilliseconds(10);
        Assert.Single(Host.Datagrams);
        Assert.Equal(0, Host.Fragments);
    }

    [Fact]
    public void DatagramsAreToldApartByTheirIdentification()
    {
        byte[][] sent = [.. Enumerable.Range(2000, 3).Select(length => new byte[length])];
        foreach (byte[] data in sent)
        {
            Host.SendUdpInFragments(_rig.Stack.Address, Port, EchoService.Port, data);
        }

        _rig.RunMilliseconds(10);
        Assert.Equal(sent.Select(data => data.Length), Host.Datagrams.Select(datagram => datagram.Data.Length));
    }

    [Fact]
    public void WhatIpv4CannotCarryIsRefused()
    {
        UdpFlow flow = new(_rig.Stack.Address, Port, Host.Address, Port);
        Assert.False(_rig.Stack.Interface.Udp.TrySend(flow, new byte[65_508], 0));
        Assert.Equal(1ul, _rig.Counters[DropReason.DatagramTooLarge]);
    }
}
