using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.ObjectTracker;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using NooksOS.Tests.Units.Recovery;
using NooksOS.Tests.Units.Recovery.Network;
using NooksOS.Tests.Units.Sockets;
using DriverWire = NooksOS.Tests.Units.Recovery.Network.Wire;

namespace NooksOS.Tests.Units.TcpIp.Extension;

/// <summary>
/// The real extension behind the real shadow, with a driver in front, at a simulated network: all of the path but the protection.
/// Driver and stack can be killed and replaced.
/// </summary>
internal sealed class Machine : INetworkStation, IFaultSink
{
    private const uint DriverDomain = 1;
    private const uint StackDomain = 2;
    private const uint ApplicationDomain = 3;

    private readonly SimulatedNetwork _network;
    private readonly TrackerLedger _ledger = new();
    private readonly FakeClock _clock = new();
    private readonly StateStore _store = new();
    private readonly FakeExchange _driverExchange = new();
    private readonly FakeExchange _stackExchange = new();
    private readonly FakeLine _line = new();
    private readonly NetworkDeviceShadow _shadow;
    private HandleTable _driverObjects = null!;
    private HandleTable _stackObjects = null!;
    private FakeDriver _driver = null!;
    private DriverWire _wire = null!;

    public Machine(SimulatedNetwork network, MacAddress? station = null)
    {
        Station = station ?? new MacAddress(0x5634_1200_5452);
        _network = network;
        FakeSignal work = new(_clock);
        Blocks = new FakeBlocks(64);
        Connections = new SocketShadow(_clock, work, () => new FakeSignal(_clock), Blocks, this, new SocketShadowOptions());
        _shadow = new NetworkDeviceShadow(
            _clock, work, () => new FakeSignal(_clock), this, _driverExchange, _stackExchange, new NetworkShadowOptions())
        { Sockets = Connections };
        HandleTable objects = new(ApplicationDomain, ObjectQuotas.Default, _ledger);
        Sockets = new SocketServices(Connections, ApplicationDomain, "application", objects);
        network.Attach(this);
        StartDriver();
        StartStack();
    }

    public TcpIpExtension Stack { get; private set; } = null!;

    /// <summary>The connection blocks.</summary>
    public FakeBlocks Blocks { get; }

    /// <summary>What stands between applications and the stack.</summary>
    public SocketShadow Connections { get; }

    /// <summary>What an application sees.</summary>
    public SocketServices Sockets { get; }

    public FakeServices Services { get; private set; } = null!;

    public int Faults { get; private set; }

    public MacAddress Station { get; }

    public InterfaceConfiguration Configuration => Stack.GetConfiguration().Value;

    public uint CurrentInstance(uint domainId) => 1;

    public bool Report(FaultReport report)
    {
        Faults++;
        return true;
    }

    public void Receive(byte[] batch, long nowNanoseconds)
    {
        SetTime(nowNanoseconds);
        _driver.Arrived = batch;
        _shadow.TryTakeLine(DriverDomain, _line);
        Pump();
    }

    public void OnTimer(long nowNanoseconds)
    {
        SetTime(nowNanoseconds);
        Pump();
    }

    public void RestartStack()
    {
        Connections.InstanceStopped(StackDomain);
        _shadow.InstanceStopped(StackDomain);
        _stackObjects.ReleaseAll();
        StartStack();
    }

    public void RestartDriver()
    {
        _shadow.InstanceStopped(DriverDomain);
        _driverObjects.ReleaseAll();
        StartDriver();
    }

    private void StartDriver()
    {
        _wire = new DriverWire();
        _driver = new FakeDriver(_wire, () => DeathPoint.None) { RingFrames = 64 };
        _driverObjects = new HandleTable(DriverDomain, ObjectQuotas.Default, _ledger);
        NetworkDeviceHostService host = new(_shadow, DriverDomain, _driver, _driverExchange, _driverObjects, () => 1);
        Xunit.Assert.True(host.Register(Station, 1500).Succeeded);
        _shadow.InstanceStarted(DriverDomain);
    }

    private void StartStack()
    {
        Stack = new TcpIpExtension();
        _stackObjects = new HandleTable(StackDomain, ObjectQuotas.Default, _ledger);
        NetworkStackHostService host = new(_shadow, StackDomain, Stack, _stackExchange, _stackObjects);
        TransportHostService transport = new(Connections, StackDomain, Stack, new FakeWindow(), _stackObjects);
        Services = new FakeServices(host, _store.For("tcpip"), () => _clock.NowNanoseconds, transport, Blocks);
        Xunit.Assert.True(Stack.Start(Services).Succeeded);
        Xunit.Assert.Equal(CallStatus.Ok, Connections.InstanceStarted(StackDomain));
        _shadow.InstanceStarted(StackDomain);
    }

    private void Pump()
    {
        _shadow.Pump();
        _driver.Done += _driver.Send();
        _shadow.TryTakeLine(DriverDomain, _line);
        foreach (byte[] frame in _wire.Sent)
        {
            _network.Send(this, frame);
        }

        _wire.Sent.Clear();
    }

    private void SetTime(long nowNanoseconds) => _clock.Advance(nowNanoseconds - _clock.NowNanoseconds);
}
