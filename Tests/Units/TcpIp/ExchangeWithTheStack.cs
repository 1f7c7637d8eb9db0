using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;

namespace NooksOS.Tests.Units.TcpIp;

/// <summary>The kernel's part of an exchange, for tests that care for frames only.</summary>
internal static class ExchangeWithTheStack
{
    [ThreadStatic]
    private static byte[]? s_outgoing;

    [ThreadStatic]
    private static uint[]? s_signals;

    /// <summary>Gives the stack frames, and sends what it makes of them. Returns how many it has looked at.</summary>
    public static uint Receive(
        this NetworkInterface network, IFrameTransmitter transmitter, ReadOnlySpan<byte> batch, long nowNanoseconds)
    {
        byte[] outgoing = s_outgoing ?? new byte[PacketBatch.MaximumBytes];
        s_outgoing = null;
        s_signals ??= new uint[TransportLimits.NamedConnections];
        StackExchange done = network.Exchange(batch, [], outgoing, s_signals, nowNanoseconds);
        uint taken = done.FramesTaken;
        if (done.OutgoingBytes != 0)
        {
            transmitter.Transmit(outgoing.AsSpan(0, (int)done.OutgoingBytes));
        }

        while (done.HasMore)
        {
            done = network.Exchange([], [], outgoing, s_signals, nowNanoseconds);
            transmitter.Transmit(outgoing.AsSpan(0, (int)done.OutgoingBytes));
        }

        s_outgoing = outgoing;
        return taken;
    }
}
