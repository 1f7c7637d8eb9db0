using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Extension;

public class BehindItsShadow
{
    private readonly SimulatedNetwork _network = new();
    private readonly Machine _machine;
    private readonly DhcpServer _server;
    private readonly Peer _host;

    public BehindItsShadow()
    {
        _machine = new Machine(_network);
        _server = new DhcpServer(_network);
        _host = new Peer(_network, new MacAddress(0x0A00_0000_0002), new Ipv4Address(0x0A00_0214));
        Assert.True(_network.RunUntil(() => _machine.Configuration.Address != 0, SimulatedNetwork.Second));
    }

    [Fact]
    public void ItGetsAnAddressAndSaysSo()
    {
        Assert.Equal(new InterfaceConfiguration(0x0A00_020F, 0xFFFF_FF00, 0x0A00_0202, 0x0A00_0203, 3600, true), _machine.Configuration);
        Assert.Equal(["address 10.0.2.15"], _machine.Services.Lines);
        Assert.Equal(0, _machine.Faults);
    }

    [Fact]
    public void TheNextInstanceKeepsTheAddressAndDoesNotTellOfItAgain()
    {
        _machine.RestartStack();
        _network.Run(50 * SimulatedNetwork.Millisecond);
        Assert.Equal(0x0A00_020Fu, _machine.Configuration.Address);
        Assert.Empty(_machine.Services.Lines);
    }

    [Fact]
    public void PingGoesThroughTheContract()
    {
        Assert.True(_machine.Stack.Ping(_host.Address.Value, 5, _network.Now).Succeeded);
        _network.Run(50 * SimulatedNetwork.Millisecond);
        Assert.True(_machine.Stack.GetPing(5).Value.Answered);
        Assert.Equal(CallStatus.NotFound, _machine.Stack.GetPing(6).Status);
        Assert.Equal(CallStatus.NotFound, _machine.Stack.Ping(0xFFFF_FFFF, 6, _network.Now).Status);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void TrafficOutlivesWhoDies(bool stackDies, bool driverDies)
    {
        Ipv4Address address = new(_machine.Configuration.Address);
        _host.SendUdp(address, 5000, 7, [0xFF, 0xFF, 0xFF, 0xFF]);
        _network.Run(2 * SimulatedNetwork.Second);
        _host.Datagrams.Clear();
        int discovered = _server.Count(DhcpMessageType.Discover);
        int sent = 0;
        for (int crash = 0; crash < 50; crash++)
        {
            for (int millisecond = 0; millisecond < 40; millisecond++)
            {
                _host.SendUdp(address, 5000, 7, BitConverter.GetBytes(sent++));
                _network.Run(SimulatedNetwork.Millisecond);
            }

            if (stackDies)
            {
                _machine.RestartStack();
            }

            if (driverDies)
            {
                _machine.RestartDriver();
            }
        }

        _network.Run(SimulatedNetwork.Second);
        int[] answered = [.. _host.Datagrams.Select(datagram => BitConverter.ToInt32(datagram.Data))];
        Assert.Equal(answered.Distinct().Count(), answered.Length);
        Assert.InRange(answered.Length, sent - 100, sent);
        Assert.Equal(address.Value, _machine.Configuration.Address);
        Assert.Equal(discovered, _server.Count(DhcpMessageType.Discover));
        Assert.Equal(0, _machine.Faults);
    }

    [Fact]
    public void ADeviceThatCannotBeIsRefused()
    {
        Handle<TrackedObjects.NetworkStack> handle = new(1, 1);
        LinkState up = new(true, true, 1000);
        Assert.Equal(CallStatus.BadParameter, _machine.Stack.AttachDevice(handle, default, 1500, up).Status);
        Assert.Equal(CallStatus.BadParameter, _machine.Stack.AttachDevice(handle, MacAddress.Broadcast, 1500, up).Status);
        Assert.Equal(CallStatus.BadParameter, _machine.Stack.AttachDevice(handle, _machine.Station, 67, up).Status);
        Assert.Equal(CallStatus.BadParameter, _machine.Stack.AttachDevice(handle, _machine.Station, 1505, up).Status);
    }

    [Fact]
    public void BeforeItsStartItAnswersButDoesNothing()
    {
        TcpIpExtension stack = new();
        Assert.Equal(CallStatus.Failed, stack.AttachDevice(new(1, 1), _machine.Station, 1500, default).Status);
        Assert.Equal(CallStatus.Failed, stack.Exchange([], [], [], [], 0).Status);
        Assert.Equal(CallStatus.Failed, stack.LinkChanged(default).Status);
        Assert.Equal(CallStatus.Failed, stack.GetConfiguration().Status);
        Assert.Equal(CallStatus.Failed, stack.GetStatistics().Status);
        Assert.Equal(CallStatus.NotFound, stack.Ping(1, 1, 1).Status);
        Assert.True(stack.OnTimer(0).Succeeded);
        Assert.True(stack.DetachDevice().Succeeded);
        Assert.True(stack.Stop().Succeeded);
    }

    [Fact]
    public void AStackTooManyIsTold()
    {
        FakeServices services = new(new RefusingHost(), new StateStore().For("tcpip"), () => 0);
        Assert.Equal(CallStatus.Failed, new TcpIpExtension().Start(services).Status);
    }

    private sealed class RefusingHost : INetworkStackHost
    {
        public CallResult<Handle<TrackedObjects.NetworkStack>> Register()
            => CallResult<Handle<TrackedObjects.NetworkStack>>.Failure(CallStatus.Busy);

        public CallResult<uint> Transmit(Handle<TrackedObjects.NetworkStack> stack, ReadOnlySpan<byte> batch)
            => CallResult<uint>.Failure(CallStatus.BadHandle);
    }
}
