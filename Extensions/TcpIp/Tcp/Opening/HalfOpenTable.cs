using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// The connections whose SYN we have answered and which the peer has not confirmed. Of fixed size. They cost no block; and since the
/// number in each SYN-ACK is a cookie, all that is lost with an entry is that the SYN-ACK is repeated. When there is no room, an old one makes
/// some: who waits to be confirmed under a flood is among the newest.
/// </summary>
/// <param name="hash">Keyed with a secret.</param>
internal sealed class HalfOpenTable(SipHash hash)
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 512;

    private HalfOpenConnection[] _entries = [];
    private Repetition[] _repetitions = [];
    private int[] _free = [];
    private FlowIndex? _flows;
    private long _nextScan = long.MaxValue;
    private int _nextToForget;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The slot of a flow, or -1.</summary>
    public int Find(in TcpFlow flow) => _flows?.Find(flow) ?? -1;

    /// <summary>What is in a slot.</summary>
    public ref readonly HalfOpenConnection this[int slot] => ref _entries[slot];

    /// <summary>Keeps a connection. Returns whether another one was forgotten for it, of which there is only its cookie now.</summary>
    public bool Add(in HalfOpenConnection connection, long nowNanoseconds)
    {
        _flows ??= MakeRoom();
        bool isFull = Count == Capacity;
        if (isFull)
        {
            Remove(_nextToForget);
            _nextToForget = (_nextToForget + 1) % Capacity;
        }

        int slot = _free[Count++];
        _entries[slot] = connection;
        _repetitions[slot] = new Repetition(true, 0, nowNanoseconds, nowNanoseconds + TcpParameters.InitialTimeout);
        _nextScan = Math.Min(_nextScan, _repetitions[slot].Due);
        _flows.Add(connection.Flow, slot);
        return isFull;
    }

    /// <summary>Forgets a connection.</summary>
    public void Remove(int slot)
    {
        _flows?.Remove(slot);
        _repetitions[slot] = default;
        _free[--Count] = slot;
    }

    /// <summary>Forgets those of a port.</summary>
    public void RemoveAll(ushort localPort)
    {
        for (int slot = 0; slot < _entries.Length; slot++)
        {
            if (_repetitions[slot].IsUsed && _entries[slot].Flow.LocalPort == localPort)
            {
                Remove(slot);
            }
        }
    }

    /// <summary>How long the round trip took of a SYN-ACK that was sent once; zero if it was sent more often.</summary>
    public long RoundTripOf(int slot, long nowNanoseconds)
        => _repetitions[slot].Count == 0 ? Math.Max(nowNanoseconds - _repetitions[slot].FirstAt, 1) : 0;

    /// <summary>
    /// Finds the next SYN-ACK that must be repeated, from a slot on; forgets those that were repeated often enough. Returns its slot, or -1.
    /// </summary>
    public int TakeDue(int fromSlot, long nowNanoseconds)
    {
        if (fromSlot == 0)
        {
            if (nowNanoseconds < _nextScan)
            {
                return -1;
            }

            _nextScan = long.MaxValue;
        }

        for (int slot = fromSlot; slot < _entries.Length; slot++)
        {
            ref Repetition repetition = ref _repetitions[slot];
            if (!repetition.IsUsed)
            {
                continue;
            }

            if (nowNanoseconds < repetition.Due)
            {
                _nextScan = Math.Min(_nextScan, repetition.Due);
            }
            else if (repetition.Count == TcpParameters.MaximumSynAckRetransmissions)
            {
                Remove(slot);
            }
            else
            {
                int count = repetition.Count + 1;
                repetition = repetition with { Count = count, Due = nowNanoseconds + (TcpParameters.InitialTimeout << count) };
                _nextScan = Math.Min(_nextScan, repetition.Due);
                return slot;
            }
        }

        return -1;
    }

    /// <summary>SYN-ACKs may be lost with a driver: those that were not repeated yet are due now.</summary>
    public void Resume(long nowNanoseconds)
    {
        for (int slot = 0; slot < _entries.Length; slot++)
        {
            if (_repetitions[slot] is { IsUsed: true, Count: 0 })
            {
                _repetitions[slot] = _repetitions[slot] with { Due = nowNanoseconds };
                _nextScan = nowNanoseconds;
            }
        }
    }

    // Only with the first connection: an instance that has just come up may have none.
    private FlowIndex MakeRoom()
    {
        _entries = new HalfOpenConnection[Capacity];
        _repetitions = new Repetition[Capacity];
        _free = new int[Capacity];
        for (int slot = 0; slot < Capacity; slot++)
        {
            _free[slot] = slot;
        }

        return new FlowIndex(Capacity, hash);
    }

    private readonly record struct Repetition(bool IsUsed, int Count, long FirstAt, long Due);
}
