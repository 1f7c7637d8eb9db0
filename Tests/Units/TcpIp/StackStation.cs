using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Tests.Units.TcpIp;

/// <summary>The stack under test at a network. It can be killed, and started again with what it saved.</summary>
internal sealed class StackStation : INetworkStation, IFrameTransmitter
{
    private readonly SimulatedNetwork _network;
    private ulong _seed;

    public StackStation(SimulatedNetwork network, ulong seed = 1)
    {
        _network = network;
        _seed = seed;
        network.Attach(this);
        Interface = Start();
    }

    public MacAddress Station { get; set; } = new(0x5634_1200_5452);

    public StateStore Store { get; } = new();

    public NetworkInterface Interface { get; private set; }

    /// <summary>Frames of each call that left.</summary>
    public List<int> Transmissions { get; } = [];

    public bool RefusesFrames { get; set; }

    public Ipv4Address Address => new(Interface.Configuration.Address);

    /// <summary>Makes the device known.</summary>
    public void Plug(bool isLinkUp = true) => Interface.Attach(Station, 1500, isLinkUp, _network.Now);

    /// <summary>The instance dies, with all that it knew, and the next one starts.</summary>
    public void Crash()
    {
        Interface = Start();
        Plug();
    }

    public uint Transmit(ReadOnlySpan<byte> batch)
    {
        if (RefusesFrames)
        {
            return 0;
        }

        uint frames = 0;
        while (PacketBatch.TryRead(ref batch, out ReadOnlySpan<byte> frame))
        {
            _network.Send(this, frame.ToArray());
            frames++;
        }

        Transmissions.Add((int)frames);
        return frames;
    }

    public void Receive(byte[] batch, long nowNanoseconds) => Interface.Receive(this, batch, nowNanoseconds);

    public void OnTimer(long nowNanoseconds) => Interface.OnTimer(nowNanoseconds);

    private NetworkInterface Start() => new(this, Store.For("tcpip"), _seed++);
}
