using System;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>A TCP segment on its way.</summary>
internal sealed record Packet(Ipv4Address Source, Ipv4Address Destination, byte[] Segment)
{
    public TcpHeader Header
    {
        get
        {
            Assert.True(TcpHeader.TryParse(Segment, out TcpHeader header, out _, out _));
            return header;
        }
    }

    public TcpOptions Options
    {
        get
        {
            Assert.True(TcpHeader.TryParse(Segment, out _, out ReadOnlySpan<byte> bytes, out _));
            Assert.True(TcpOptions.TryParse(bytes, out TcpOptions options));
            return options;
        }
    }

    public byte[] Data
    {
        get
        {
            Assert.True(TcpHeader.TryParse(Segment, out _, out _, out ReadOnlySpan<byte> data));
            return data.ToArray();
        }
    }

    public bool Has(TcpFlags flags) => Header.Has(flags);
}
