using System;
using NooksOS.Extensions.KHttpd.Messages;
using NooksOS.Extensions.KHttpd.Transport;

namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>What all connections share, since only one of them has its turn at a time.</summary>
internal sealed class Workspace(IServerTransport transport, ISite site, TurnClock clock, ServerLimits limits)
{
    /// <summary>Room for what arrives: the largest head, and as much again so that there is always room to read into.</summary>
    public const int InputBytes = 2 * RequestLimits.HeadBytes;

    /// <summary>Room for what is sent: what the transport takes at once.</summary>
    public const int OutputBytes = 16384;

    /// <summary>Where bytes come from and go to.</summary>
    public IServerTransport Transport { get; } = transport;

    /// <summary>Who answers requests.</summary>
    public ISite Site { get; } = site;

    /// <summary>What clients may take.</summary>
    public ServerLimits Limits { get; } = limits;

    /// <summary>What happened.</summary>
    public ServerStatistics Statistics { get; } = new();

    /// <summary>Connections that listen to events.</summary>
    public int Listeners { get; set; }

    /// <summary>The number of the last one that began to listen.</summary>
    public long LastListener { get; set; }

    /// <summary>Buffers for what a connection must keep.</summary>
    public BufferPool Pool { get; } = new();

    /// <summary>The request whose turn it is.</summary>
    public RequestHead Head { get; } = new();

    /// <summary>What arrived and was not used yet.</summary>
    public ByteWindow Input { get; } = new(InputBytes);

    /// <summary>What is to be sent next.</summary>
    public ByteWindow Output { get; } = new(OutputBytes);

    /// <summary>The time, at the beginning of the turn.</summary>
    public TurnClock Clock { get; } = clock;
}
