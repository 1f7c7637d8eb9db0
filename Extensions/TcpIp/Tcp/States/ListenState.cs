using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// LISTEN, and SYN-RECEIVED of those who call us (RFC 9293 §3.10.7.2). A connection has a block, and is a connection, only once its peer has
/// shown that it is where it says.
/// </summary>
internal sealed class ListenState(
    ListenerTable listeners,
    HalfOpenTable halfOpen,
    InitialSequence sequences,
    PassiveOpen opening,
    SynchronizedStates synchronized,
    StatelessReplies replies,
    ChallengeLimit challenges,
    StackCounters counters)
{
    // Until then acknowledgments may be of SYN-ACKs that we know nothing of: of an earlier instance, or that made room in the table for others.
    private long _cookiesUntil;

    // Until then segments of connections that nobody knows are not refused.
    private long _silentUntil;

    /// <summary>
    /// There was an instance before this one, and what it knew of connections without a block is gone. Its cookies are taken; and who comes
    /// without one is not refused yet: it may be the second segment of a new connection whose first one died with the instance, and
    /// will come again.
    /// </summary>
    public void Inherit(long nowNanoseconds)
    {
        _silentUntil = nowNanoseconds + TcpParameters.SilenceAfterRestart;
        TakeCookies(nowNanoseconds);
    }

    /// <summary>Takes a segment that belongs to no connection.</summary>
    public void Receive(in ReceivedSegment segment, long nowNanoseconds)
    {
        int slot = halfOpen.Find(segment.Flow);
        if (slot >= 0)
        {
            ReceiveHalfOpen(slot, segment, nowNanoseconds);
            return;
        }

        if (segment.Has(TcpFlags.Reset))
        {
            counters.Drop(DropReason.NotForUs);
            return;
        }

        bool isListening = listeners.Contains(segment.Flow.LocalPort);
        TcpFlags opening = segment.Header.Flags & (TcpFlags.Synchronize | TcpFlags.Acknowledge);
        if (isListening && opening == TcpFlags.Synchronize)
        {
            Answer(segment, nowNanoseconds);
        }
        else if (isListening && opening == TcpFlags.Acknowledge && TryReadCookie(segment, nowNanoseconds, out HalfOpenConnection found))
        {
            counters.CookiesAccepted++;
            Complete(found, 0, segment, nowNanoseconds);
        }
        else if (!isListening || opening != TcpFlags.Acknowledge || nowNanoseconds >= _silentUntil)
        {
            counters.Drop(DropReason.NoListener);
            replies.SendReset(segment, nowNanoseconds);
        }
        else
        {
            counters.Drop(DropReason.TcpUnacceptable);
        }
    }

    /// <summary>Repeats the SYN-ACKs that are due.</summary>
    public void OnTimer(long nowNanoseconds)
    {
        for (int slot = halfOpen.TakeDue(0, nowNanoseconds); slot >= 0; slot = halfOpen.TakeDue(slot + 1, nowNanoseconds))
        {
            opening.SendSynchronize(halfOpen[slot], nowNanoseconds);
        }
    }

    private void TakeCookies(long nowNanoseconds)
        => _cookiesUntil = nowNanoseconds + InitialSequence.CookieLifetimeNanoseconds;

    private void Answer(in ReceivedSegment segment, long nowNanoseconds)
    {
        HandshakeOptions options = HandshakeOptions.From(segment.Options);
        HalfOpenConnection connection = new(
            segment.Flow,
            segment.Header.Sequence,
            sequences.MakeCookie(segment.Flow, segment.Header.Sequence, options, nowNanoseconds),
            options,
            segment.Options.TimestampValue);
        if (halfOpen.Add(connection, nowNanoseconds))
        {
            counters.CookiesOnly++;
            TakeCookies(nowNanoseconds);
        }

        opening.SendSynchronize(connection, nowNanoseconds);
    }

    private void ReceiveHalfOpen(int slot, in ReceivedSegment segment, long nowNanoseconds)
    {
        HalfOpenConnection connection = halfOpen[slot];
        uint expected = connection.PeerSequence + 1;
        if (segment.Has(TcpFlags.Reset))
        {
            // RFC 5961 §3.2: exactly the next number.
            if (segment.Header.Sequence == expected)
            {
                halfOpen.Remove(slot);
            }
        }
        else if (segment.Has(TcpFlags.Synchronize))
        {
            if (segment.Header.Sequence == connection.PeerSequence)
            {
                opening.SendSynchronize(connection, nowNanoseconds);
            }
            else
            {
                Challenge(connection, segment, nowNanoseconds);
            }
        }
        else if (segment.Has(TcpFlags.Acknowledge))
        {
            // RFC 9293 §3.10.7.4, first: the number. Who does not know it must not have us tell the peer that there is no such connection.
            if (segment.Header.Sequence - expected >= ReceiveWindow.FirstOffer)
            {
                Challenge(connection, segment, nowNanoseconds);
            }
            else if (segment.Header.Acknowledgment != connection.Sequence + 1)
            {
                replies.SendReset(segment, nowNanoseconds);
            }
            else if (Complete(connection, halfOpen.RoundTripOf(slot, nowNanoseconds), segment, nowNanoseconds))
            {
                halfOpen.Remove(slot);
            }
        }
    }

    private void Challenge(in HalfOpenConnection connection, in ReceivedSegment segment, long nowNanoseconds)
    {
        if (challenges.TryTake(segment, nowNanoseconds))
        {
            opening.SendChallenge(connection, nowNanoseconds);
        }
    }

    // True if the connection is no longer half open.
    private bool Complete(
        in HalfOpenConnection connection, long roundTripNanoseconds, in ReceivedSegment segment, long nowNanoseconds)
    {
        switch (opening.TryComplete(connection, roundTripNanoseconds, nowNanoseconds, out Connection? established))
        {
            case CallStatus.Ok:
                synchronized.Receive(established!, segment, nowNanoseconds);
                return true;
            case CallStatus.NotFound:
                replies.SendReset(segment, nowNanoseconds);
                return true;
            default:
                // The peer believes that it is connected. It will send again, and then there may be room.
                counters.Drop(DropReason.BacklogFull);
                return false;
        }
    }

    private bool TryReadCookie(in ReceivedSegment segment, long nowNanoseconds, out HalfOpenConnection connection)
    {
        connection = default;
        uint sequence = segment.Header.Acknowledgment - 1;
        uint peerSequence = segment.Header.Sequence - 1;
        if (nowNanoseconds >= _cookiesUntil
            || !sequences.TryReadCookie(segment.Flow, peerSequence, sequence, nowNanoseconds, out HandshakeOptions options))
        {
            return false;
        }

        connection = new HalfOpenConnection(
            segment.Flow,
            peerSequence,
            sequence,
            options with { HasTimestamps = segment.Options.HasTimestamps },
            segment.Options.TimestampValue);
        return true;
    }
}
