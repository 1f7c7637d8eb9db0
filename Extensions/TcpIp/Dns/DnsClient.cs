using System;
using System.Diagnostics.CodeAnalysis;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Looks names up (RFC 1035 §7) at the name server that came with our address. Questions that an earlier instance did not answer are asked
/// again: the kernel repeats them.
/// </summary>
internal sealed class DnsClient(UdpLayer udp, RoutingTable routing, ITransportHost host, RandomSequence random, StackCounters counters)
    : IUdpReceiver
{
    /// <summary>Names that are looked up at the same time at most.</summary>
    public const int Capacity = SocketLimits.NameQueries;

    /// <summary>How often a server is asked.</summary>
    public const int MaximumAttempts = 4;

    /// <summary>How long it has for the first answer; each later one takes twice as long (RFC 1035 §4.2.1: two to five seconds in all).</summary>
    public const long FirstAttemptNanoseconds = 1_000_000_000;

    // RFC 6335 §6: the dynamic ports.
    private const int FirstPort = 49152;
    private const int PortCount = 65536 - FirstPort;

    private readonly NameQuery?[] _queries = new NameQuery?[Capacity];

    /// <summary>Looks a name up. The kernel is told what was found, or why nothing was.</summary>
    public void Ask(uint query, ReadOnlySpan<byte> text, Ipv4Address server, long nowNanoseconds)
    {
        if (IsAsked(query))
        {
            return;
        }

        if (!TryGetFree(out NameQuery? found))
        {
            _ = host.Resolved(query, 0, CallStatus.Busy);
            return;
        }

        if (!DnsName.TryWrite(text, found.Name, out int length))
        {
            _ = host.Resolved(query, 0, CallStatus.NotFound);
            return;
        }

        found.IsUsed = true;
        found.IsDone = false;
        found.Query = query;
        found.NameLength = length;
        found.Server = server;
        found.Attempts = 0;
        found.NextAttempt = nowNanoseconds;
        found.Identifier = (ushort)random.Next();
        found.Port = 0;
        OnTimer(nowNanoseconds);
    }

    /// <summary>The server has changed, or there is one now. Questions that wait for one are asked.</summary>
    public void UseServer(Ipv4Address server)
    {
        foreach (NameQuery? query in _queries)
        {
            if (query is { IsUsed: true, Server.IsNone: true })
            {
                query.Server = server;
            }
        }
    }

    /// <summary>Frames may be lost, because the driver was replaced: what was asked and not answered is asked again at once.</summary>
    public void Resume(long nowNanoseconds)
    {
        foreach (NameQuery? query in _queries)
        {
            if (query is { IsUsed: true, IsDone: false, Attempts: > 0 })
            {
                query.Attempts--;
                query.NextAttempt = nowNanoseconds;
            }
        }

        OnTimer(nowNanoseconds);
    }

    /// <inheritdoc/>
    public void Receive(in UdpDatagram datagram, long nowNanoseconds)
    {
        foreach (NameQuery? query in _queries)
        {
            if (query is { IsUsed: true, IsDone: false }
                && query.Port == datagram.DestinationPort
                && datagram.SourcePort == DnsMessage.ServerPort
                && query.Server == datagram.Source)
            {
                Take(query, datagram.Data);
                return;
            }
        }

        counters.Drop(DropReason.NotForUs);
    }

    /// <summary>Asks again, and gives up.</summary>
    public void OnTimer(long nowNanoseconds)
    {
        foreach (NameQuery? query in _queries)
        {
            if (query is not { IsUsed: true, IsDone: false } || nowNanoseconds < query.NextAttempt)
            {
                continue;
            }

            if (query.Attempts == MaximumAttempts)
            {
                Finish(query, query.Server.IsNone ? CallStatus.Unreachable : CallStatus.TimedOut, Ipv4Address.None);
                continue;
            }

            query.NextAttempt = nowNanoseconds + (FirstAttemptNanoseconds << query.Attempts++);
            Send(query, nowNanoseconds);
        }
    }

    /// <summary>Tells the kernel what was found.</summary>
    public void Complete()
    {
        foreach (NameQuery? query in _queries)
        {
            if (query is { IsUsed: true, IsDone: true })
            {
                // Free before the call: the kernel may ask again meanwhile.
                query.IsUsed = false;
                _ = host.Resolved(query.Query, query.Address.Value, query.Outcome);
            }
        }
    }

    private void Take(NameQuery query, ReadOnlySpan<byte> message)
    {
        DnsAnswer answer = DnsMessage.ReadAnswer(
            message, query.Identifier, query.Name.AsSpan(0, query.NameLength), out Ipv4Address address);
        switch (answer)
        {
            case DnsAnswer.Address:
                Finish(query, CallStatus.Ok, address);
                break;
            case DnsAnswer.NoSuchName:
                Finish(query, CallStatus.NotFound, Ipv4Address.None);
                break;
            case DnsAnswer.ServerFailed:
                Finish(query, CallStatus.Failed, Ipv4Address.None);
                break;
            default:
                counters.Drop(DropReason.DnsMalformed);
                break;
        }
    }

    private void Send(NameQuery query, long nowNanoseconds)
    {
        if (query.Server.IsNone || !routing.IsConfigured || !TryBind(query))
        {
            return;
        }

        Span<byte> message = stackalloc byte[DnsMessage.MaximumQuestionBytes];
        int length = DnsMessage.WriteQuestion(message, query.Identifier, query.Name.AsSpan(0, query.NameLength));
        UdpFlow flow = new(routing.Address, query.Port, query.Server, DnsMessage.ServerPort);
        udp.TrySend(flow, message[..length], nowNanoseconds);
    }

    // A port that somebody else has is not taken; the next attempt draws another.
    private bool TryBind(NameQuery query)
    {
        if (query.Port != 0)
        {
            return true;
        }

        ushort port = (ushort)(FirstPort + random.NextBelow(PortCount));
        query.Port = udp.Ports.TryBind(port, this) ? port : (ushort)0;
        return query.Port != 0;
    }

    private void Finish(NameQuery query, CallStatus outcome, Ipv4Address address)
    {
        if (query.Port != 0)
        {
            udp.Ports.Unbind(query.Port);
        }

        query.Outcome = outcome;
        query.Address = address;
        query.IsDone = true;
    }

    private bool IsAsked(uint number)
    {
        foreach (NameQuery? query in _queries)
        {
            if (query is { IsUsed: true } && query.Query == number)
            {
                return true;
            }
        }

        return false;
    }

    private bool TryGetFree([NotNullWhen(true)] out NameQuery? free)
    {
        for (int index = 0; index < Capacity; index++)
        {
            // Made when it is first needed, and kept.
            NameQuery query = _queries[index] ??= new NameQuery();
            if (!query.IsUsed)
            {
                free = query;
                return true;
            }
        }

        free = null;
        return false;
    }
}
