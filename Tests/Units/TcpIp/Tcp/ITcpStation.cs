using System.Collections.Generic;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>Something at a <see cref="TcpLink"/>.</summary>
internal interface ITcpStation
{
    Ipv4Address Address { get; }

    void Receive(List<Packet> batch, long nowNanoseconds);

    void OnTimer(long nowNanoseconds);

    /// <summary>What its applications do, once in a millisecond.</summary>
    void Work(long nowNanoseconds);
}
