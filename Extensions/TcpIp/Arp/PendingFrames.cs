using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Frames that wait until the station of their next hop is known. Of each next hop and in all only the newest are kept
/// (RFC 1122 §2.3.2.2: at least the latest one).
/// </summary>
internal sealed class PendingFrames(LinkLayer link, StackCounters counters)
{
    /// <summary>Frames that wait, in all.</summary>
    public const int Capacity = 32;

    /// <summary>Frames that wait for one next hop.</summary>
    public const int CapacityPerNeighbor = 16;

    private readonly Slot[] _slots = new Slot[Capacity];

    // Made when it is first needed: an instance that was told of its neighbours may never need it, and comes up sooner.
    private byte[]? _frames;
    private ulong _order;

    /// <summary>How many frames wait.</summary>
    public int Count { get; private set; }

    /// <summary>Makes room for a frame, at the cost of the oldest one if need be. It is sent once the next hop is known.</summary>
    public Span<byte> Reserve(Ipv4Address nextHop, int frameBytes)
    {
        int victim = ChooseSlot(nextHop);
        if (_slots[victim].IsTaken)
        {
            counters.Drop(DropReason.PendingOverflow);
        }
        else
        {
            Count++;
        }

        _frames ??= new byte[Capacity * PacketBatch.MaximumFrameBytes];
        _slots[victim] = new Slot(nextHop, frameBytes, ++_order);
        return FrameOf(victim);
    }

    /// <summary>The next hop is known: its frames leave, oldest first.</summary>
    public void Release(Ipv4Address nextHop, MacAddress hardware)
    {
        while (Count != 0 && TryTakeOldest(nextHop, out int index))
        {
            link.Send(hardware, FrameOf(index));
        }
    }

    /// <summary>The next hop will not be known: its frames are dropped.</summary>
    public void Discard(Ipv4Address nextHop)
    {
        while (Count != 0 && TryTakeOldest(nextHop, out _))
        {
            counters.Drop(DropReason.Unreachable);
        }
    }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        counters.Drop(DropReason.Unreachable, (uint)Count);
        Array.Clear(_slots);
        Count = 0;
    }

    private int ChooseSlot(Ipv4Address nextHop)
    {
        int free = -1;
        int oldest = 0;
        int oldestOfNeighbor = -1;
        int ofNeighbor = 0;
        for (int index = 0; index < Capacity; index++)
        {
            ref readonly Slot slot = ref _slots[index];
            if (!slot.IsTaken)
            {
                free = index;
                continue;
            }

            if (!_slots[oldest].IsTaken || slot.Order < _slots[oldest].Order)
            {
                oldest = index;
            }

            if (slot.NextHop == nextHop)
            {
                ofNeighbor++;
                if (oldestOfNeighbor < 0 || slot.Order < _slots[oldestOfNeighbor].Order)
                {
                    oldestOfNeighbor = index;
                }
            }
        }

        if (ofNeighbor >= CapacityPerNeighbor)
        {
            return oldestOfNeighbor;
        }

        return free >= 0 ? free : oldest;
    }

    private bool TryTakeOldest(Ipv4Address nextHop, out int found)
    {
        found = -1;
        for (int index = 0; index < Capacity; index++)
        {
            ref readonly Slot slot = ref _slots[index];
            if (slot.IsTaken && slot.NextHop == nextHop && (found < 0 || slot.Order < _slots[found].Order))
            {
                found = index;
            }
        }

        if (found < 0)
        {
            return false;
        }

        // Only the order is cleared: the caller still needs the length.
        _slots[found] = _slots[found] with { Order = 0 };
        Count--;
        return true;
    }

    private Span<byte> FrameOf(int index)
        => _frames!.AsSpan(index * PacketBatch.MaximumFrameBytes, _slots[index].FrameBytes);

    private readonly record struct Slot(Ipv4Address NextHop, int FrameBytes, ulong Order)
    {
        public bool IsTaken => Order != 0;
    }
}
