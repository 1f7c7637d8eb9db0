using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>A peer that sends what a test writes down, and remembers what comes. Numbers are relative: zero is the first octet.</summary>
internal sealed class ScriptedPeer : ITcpStation
{
    public const ushort Port = 4000;

    private readonly TcpLink _link;
    private readonly TcpHost _host;

    public ScriptedPeer(TcpLink link, TcpHost host)
    {
        _link = link;
        _host = host;
        link.Attach(this);
    }

    public Ipv4Address Address { get; } = new(0x0A00_0003);

    public uint InitialSequence { get; set; } = 0xFFFF_FF00;

    /// <summary>The host's initial number, once it has said so.</summary>
    public uint HostSequence { get; private set; }

    public ushort HostPort { get; set; } = TwoHosts.Port;

    public ushort Window { get; set; } = 60_000;

    /// <summary>Timestamps of each segment, if any.</summary>
    public (uint Value, uint Echo)? Timestamps { get; set; }

    public List<Packet> Received { get; } = [];

    public Packet Last => Received[^1];

    /// <summary>Position of the host's that a packet starts at.</summary>
    public int PositionOf(Packet packet) => (int)(packet.Header.Sequence - HostSequence - 1);

    /// <summary>Position of ours that a packet acknowledges.</summary>
    public int AcknowledgedBy(Packet packet) => (int)(packet.Header.Acknowledgment - InitialSequence - 1);

    public void Receive(List<Packet> batch, long nowNanoseconds)
    {
        foreach (Packet packet in batch)
        {
            HostSequence = packet.Has(TcpFlags.Synchronize) ? packet.Header.Sequence : HostSequence;
            HostPort = packet.Has(TcpFlags.Synchronize) ? packet.Header.SourcePort : HostPort;
            Received.Add(packet);
        }
    }

    public void OnTimer(long nowNanoseconds)
    {
    }

    public void Work(long nowNanoseconds)
    {
    }

    /// <summary>Sends a segment and waits until what it causes has come back.</summary>
    public void Send(TcpFlags flags, int position = 0, int acknowledged = 0, byte[]? data = null, Action<List<byte>>? options = null)
    {
        _link.Send(Make(flags, position, acknowledged, data, options));
        _link.Run(3 * TcpLink.Millisecond);
    }

    public Packet Make(TcpFlags flags, int position = 0, int acknowledged = 0, byte[]? data = null, Action<List<byte>>? options = null)
    {
        List<byte> optionBytes = [];
        if (Timestamps is { } stamps)
        {
            byte[] space = new byte[TcpOptionWriter.TimestampsBytes];
            new TcpOptionWriter(space).Timestamps(stamps.Value, stamps.Echo);
            optionBytes.AddRange(space);
        }

        options?.Invoke(optionBytes);
        data ??= [];
        byte[] segment = [.. new byte[TcpHeader.SizeBytes], .. optionBytes, .. data];
        new TcpHeader
        {
            SourcePort = Port,
            DestinationPort = HostPort,
            Sequence = InitialSequence + 1 + (uint)position,
            Acknowledgment = (flags & TcpFlags.Acknowledge) == 0 ? 0 : HostSequence + 1 + (uint)acknowledged,
            Flags = flags,
            Window = Window,
        }.Write(segment, optionBytes.Count, Address, _host.Address);
        return new Packet(Address, _host.Address, segment);
    }

    /// <summary>Opens a connection to the host and accepts it there.</summary>
    public TcpSocket Connect(Action<List<byte>>? options = null)
    {
        Send(TcpFlags.Synchronize, (int)Connection.SynPosition, options: options);
        Assert.True(Last.Has(TcpFlags.Synchronize | TcpFlags.Acknowledge));
        Assert.Equal(0, AcknowledgedBy(Last));
        Send(TcpFlags.Acknowledge);
        Assert.True(_host.TryAccept(out TcpSocket socket));
        Received.Clear();
        return socket;
    }

    public byte[] ReceivedData() => [.. Received.SelectMany(packet => packet.Data)];

    public static void WithSack(List<byte> options) => options.AddRange([1, 1, 4, 2]);

    public static Action<List<byte>> Sack(uint left, uint right) => options =>
    {
        byte[] space = new byte[12];
        new TcpOptionWriter(space).Sack([new SackBlock(left, right)]);
        options.AddRange(space);
    };
}
