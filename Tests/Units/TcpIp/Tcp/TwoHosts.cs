using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>A client and a server with a connection between them.</summary>
internal sealed class TwoHosts
{
    public const ushort Port = 80;

    public TwoHosts(int seed = 1, bool connect = true)
    {
        Link = new TcpLink(seed);
        Client = new TcpHost(Link, 0x0A00_0001, (ulong)seed);
        Server = new TcpHost(Link, 0x0A00_0002, (ulong)seed + 1000);
        Server.Listen(Port);
        if (connect)
        {
            (Local, Remote) = Connect();
        }
    }

    public TcpLink Link { get; }

    public TcpHost Client { get; }

    public TcpHost Server { get; }

    /// <summary>The client's end.</summary>
    public TcpSocket Local { get; } = null!;

    /// <summary>The server's end.</summary>
    public TcpSocket Remote { get; } = null!;

    public (TcpSocket Local, TcpSocket Remote) Connect()
    {
        TcpSocket local = Client.Connect(Server.Address, Port);
        TcpSocket? remote = null;
        Assert.True(Link.RunUntil(() => local.IsEstablished && (remote is not null || Server.TryAccept(out remote!))));
        return (local, remote!);
    }

    /// <summary>Sends data from one end to the other, and fails if it does not arrive whole.</summary>
    public byte[] Transfer(TcpSocket from, TcpSocket to, byte[] data, long limitNanoseconds = 600 * TcpLink.Second)
    {
        List<byte> received = [];
        int sent = 0;
        bool arrived = Link.RunUntil(
            () =>
            {
                sent += sent < data.Length ? from.Send(data.AsSpan(sent)) : 0;
                received.AddRange(to.Receive());
                return received.Count >= data.Length;
            },
            limitNanoseconds);
        Assert.True(arrived, $"{received.Count} of {data.Length} arrived; {from.State} {from.Error}, {to.State} {to.Error}");
        Assert.Equal(data.AsSpan(), CollectionsMarshal.AsSpan(received));
        return [.. received];
    }

    public static byte[] Bytes(int count, int seed = 1)
    {
        byte[] data = new byte[count];
        new Random(seed).NextBytes(data);
        return data;
    }

    public bool RanWithoutReset() => !Link.Sent.Exists(packet => packet.Has(TcpFlags.Reset));
}
