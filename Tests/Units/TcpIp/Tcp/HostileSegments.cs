using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

public class HostileSegments : OnePeer
{
    [Fact]
    public void AFloodOfSynsKeepsNobodyOut()
    {
        Flood(100_000);
        Assert.Equal(HalfOpenTable.Capacity, Host.Tcp.HalfOpenConnections);
        Assert.Equal(0, Host.Memory.Count);
        Assert.Equal(100_000ul - HalfOpenTable.Capacity, Host.Counters.CookiesOnly);

        // Somebody real gets in by his cookie, with all his options.
        TcpHost client = new(Link, 0x0A00_0001, 5);
        TcpSocket local = client.Connect(Host.Address, TwoHosts.Port);
        Assert.True(Link.RunUntil(() => local.IsEstablished));
        local.Send([1, 2, 3]);
        TcpSocket remote = null!;
        Assert.True(Link.RunUntil(() => Host.TryAccept(out remote)));
        Assert.True(Link.RunUntil(() => remote.Readable == 3));
        Assert.Equal(local.Bytes.Transport.Features, remote.Bytes.Transport.Features);

        // And the table empties itself.
        RunMilliseconds(60_000);
        Assert.Equal(0, Host.Tcp.HalfOpenConnections);
    }

    // An echo failed in a flood: in the moment before its peer confirmed, a forged acknowledgment had us tell him that there is no connection.
    [Theory]
    [InlineData(0)]
    [InlineData(HalfOpenTable.Capacity)]
    [InlineData(100_000)]
    public void AForgedAcknowledgmentDoesNotHaveAHandshakeRefused(int floods)
    {
        Flood(floods);
        Peer.Send(TcpFlags.Synchronize, -1);
        foreach (int position in (int[])[-5000, 1 << 20, int.MinValue])
        {
            Peer.Send(TcpFlags.Acknowledge, position, 1000);
            Assert.Equal((TcpFlags.Acknowledge, 0), (Peer.Last.Header.Flags, Peer.AcknowledgedBy(Peer.Last)));
        }

        Peer.Send(TcpFlags.Acknowledge);
        Assert.True(Host.TryAccept(out _));
    }

    [Fact]
    public void StrangeSegmentsLeaveConnectionsAndMemoryAsTheyWere()
    {
        TcpHost client = new(Link, 0x0A00_0001, 5);
        TcpSocket local = client.Connect(Host.Address, TwoHosts.Port);
        TcpSocket remote = null!;
        Assert.True(Link.RunUntil(() => Host.TryAccept(out remote)));
        TcpSocket mine = Peer.Connect();
        Random random = new(1);
        Link.Filter = packet => packet.Destination == Peer.Address;
        for (int round = 0; round < 100_000; round++)
        {
            Packet packet = Strange(random, round);
            Host.Receive(packet);
            if (round % 1000 == 0)
            {
                byte[] data = TwoHosts.Bytes(1000, round);
                local.Send(data);
                Link.Run(60 * TcpLink.Millisecond);
                Assert.Equal(data, remote.Receive());
                Link.Sent.Clear();
            }
        }

        Assert.True(local.IsEstablished && remote.IsEstablished);
        Assert.NotEqual(0ul, Host.Counters[DropReason.TcpUnacceptable]);

        // Of the connections that the stranger may have made nothing stays once they are aborted.
        mine.Abort();
        Link.Run(TcpLink.Second);
        while (Host.TryAccept(out TcpSocket made))
        {
            if (!made.IsClosed)
            {
                made.Abort();
            }
        }

        Link.Run(60 * TcpLink.Second);
        Assert.Equal(1, Host.Tcp.Connections);
        Assert.Equal(0, Host.Tcp.HalfOpenConnections);
    }

    private void Flood(int requests)
    {
        for (int count = 0; count < requests; count++)
        {
            Host.Receive(Syn((uint)count));
            Link.Sent.Clear();
        }
    }

    private static Packet Syn(uint number)
    {
        Ipv4Address source = new(0x0B00_0000 + number);
        byte[] segment = new byte[TcpHeader.SizeBytes + TcpOptionWriter.MaximumSegmentBytes];
        new TcpOptionWriter(segment.AsSpan(TcpHeader.SizeBytes)).MaximumSegment(1460);
        new TcpHeader
        {
            SourcePort = (ushort)(1 + (number % 60_000)),
            DestinationPort = TwoHosts.Port,
            Sequence = number * 7919,
            Flags = TcpFlags.Synchronize,
        }.Write(segment, TcpOptionWriter.MaximumSegmentBytes, source, new Ipv4Address(0x0A00_0002));
        return new Packet(source, new Ipv4Address(0x0A00_0002), segment);
    }

    // A third of them are noise with a correct checksum, the others something the peer might send, with a few bits changed.
    private Packet Strange(Random random, int round)
    {
        byte[] data = new byte[random.Next(50)];
        random.NextBytes(data);
        Packet packet = Peer.Make(
            (TcpFlags)random.Next(64), random.Next(-5, 3000), random.Next(-5, 5), data, random.Next(3) == 0 ? Noise(random) : null);
        byte[] segment = packet.Segment;
        for (int changes = round % 3 == 0 ? random.Next(20) : random.Next(3); changes > 0; changes--)
        {
            // Not the ports: those of the connection that must live are another peer's.
            segment[random.Next(4, segment.Length)] = (byte)random.Next(256);
        }

        if (random.Next(10) != 0)
        {
            Seal(packet);
        }

        return random.Next(20) == 0 ? packet with { Segment = segment[..random.Next(segment.Length)] } : packet;
    }

    private static Action<System.Collections.Generic.List<byte>> Noise(Random random) => options =>
    {
        byte[] bytes = new byte[4 * random.Next(10)];
        random.NextBytes(bytes);
        options.AddRange(bytes.Select((value, index) => index % 4 == 0 ? (byte)(value % 9) : value));
    };

    private static void Seal(Packet packet)
    {
        byte[] segment = packet.Segment;
        segment[TcpHeader.ChecksumOffset] = segment[TcpHeader.ChecksumOffset + 1] = 0;
        ulong sum = InternetChecksum.AddPseudoHeader(0, packet.Source, packet.Destination, IpProtocol.Tcp, segment.Length);
        ushort checksum = InternetChecksum.Finish(InternetChecksum.Add(sum, segment));
        segment[TcpHeader.ChecksumOffset] = (byte)(checksum >> 8);
        segment[TcpHeader.ChecksumOffset + 1] = (byte)checksum;
    }
}
