using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Tests.Units.TcpIp.Dns;

/// <summary>A name server that knows one name.</summary>
internal sealed class NameServer(SimulatedNetwork network)
    : Peer(network, new MacAddress(0x0302_000A_5552), new Ipv4Address(0x0A00_0203))
{
    public static readonly Ipv4Address Known = new(0x5DB8_D822);

    /// <summary>How many questions it leaves without an answer.</summary>
    public int Ignores { get; set; }

    /// <summary>Changes an answer before it is sent.</summary>
    public Action<byte[]>? Change { get; set; }

    /// <summary>From which port it answers.</summary>
    public ushort Port { get; set; } = DnsMessage.ServerPort;

    public List<(ushort Port, ushort Identifier)> Questions { get; } = [];

    protected override void TakeDatagram(in UdpHeader header, Ipv4Address source, ReadOnlySpan<byte> data, long nowNanoseconds)
    {
        if (header.DestinationPort != DnsMessage.ServerPort)
        {
            return;
        }

        Questions.Add((header.SourcePort, (ushort)((data[0] << 8) | data[1])));
        if (Ignores-- > 0)
        {
            return;
        }

        bool isKnown = data[12..].StartsWith("\x04host"u8);
        byte[] answer = new byte[data.Length + (isKnown ? 16 : 0)];
        data.CopyTo(answer);
        answer[2] = 0x81;
        answer[3] = (byte)(isKnown ? 0x80 : 0x83);
        if (isKnown)
        {
            answer[7] = 1;
            ((ReadOnlySpan<byte>)[0xC0, 12, 0, 1, 0, 1, 0, 0, 1, 0, 0, 4, 0x5D, 0xB8, 0xD8, 0x22]).CopyTo(answer.AsSpan(data.Length));
        }

        Change?.Invoke(answer);
        SendUdp(source, Port, header.SourcePort, answer);
    }
}
