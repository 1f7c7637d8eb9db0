using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Tool.Links;

namespace NooksOS.Tool.Floods;

/// <summary>
/// Counts what the guest answers to hostile frames, and keeps these answers from the emulator's network: the addresses that they go
/// to do not exist. Remembers whom else the guest talks to.
/// </summary>
public sealed class FloodWatch : IFrameFilter, IPeers
{
    private const int RememberedPeers = 64;

    private readonly Lock _lock = new();
    private readonly LinkedList<(TcpEndpoint Peer, ushort GuestPort)> _peers = new();
    private readonly HashSet<TcpEndpoint> _accepted = [];
    private long _refused;

    /// <summary>Strangers whose requests for connections the guest agreed to; it says so again where nobody completes one.</summary>
    public long Accepted
    {
        get
        {
            lock (_lock)
            {
                return _accepted.Count;
            }
        }
    }

    /// <summary>Segments that it answered by a reset.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <inheritdoc/>
    public IReadOnlyList<(TcpEndpoint Peer, ushort GuestPort)> Known
    {
        get
        {
            lock (_lock)
            {
                return [.. _peers];
            }
        }
    }

    /// <inheritdoc/>
    public bool Takes(ReadOnlySpan<byte> frame)
    {
        if (!TcpFrame.TryRead(frame, out TcpSegment segment))
        {
            return false;
        }

        if (!AttackerNetwork.Contains(segment.Destination.Address))
        {
            Remember(segment.Destination, segment.Source.Port);
            return false;
        }

        if (segment.Flags == (TcpFlags.Synchronize | TcpFlags.Acknowledge))
        {
            lock (_lock)
            {
                _accepted.Add(segment.Destination);
            }
        }
        else if (segment.Flags.HasFlag(TcpFlags.Reset))
        {
            Interlocked.Increment(ref _refused);
        }

        return true;
    }

    private void Remember(TcpEndpoint peer, ushort guestPort)
    {
        lock (_lock)
        {
            // The same connection sends many segments in a row.
            if (_peers.Last?.Value == (peer, guestPort))
            {
                return;
            }

            _peers.Remove((peer, guestPort));
            _peers.AddLast((peer, guestPort));
            if (_peers.Count > RememberedPeers)
            {
                _peers.RemoveFirst();
            }
        }
    }
}
