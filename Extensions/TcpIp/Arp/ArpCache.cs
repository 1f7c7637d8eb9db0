using System;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Which station has which address: a table of fixed size, in sets of a few entries, so that nobody can make it grow or slow.
/// <para>
/// Who may push out whom is what keeps a stranger from emptying it. An address that merely asked us pushes out only others of
/// that kind. An address we send to pushes out what failed, what merely asked, the oldest that has not answered, and only then the known
/// one that was not used for longest: so that datagrams with invented senders never cost us the gateway.
/// </para>
/// </summary>
/// <param name="hashKey">Random, so that nobody outside can choose addresses that share a set.</param>
internal sealed class ArpCache(ulong hashKey)
{
    /// <summary>Entries of a set.</summary>
    public const int Ways = 4;

    /// <summary>Entries in all.</summary>
    public const int Capacity = 32 * Ways;

    private const ulong HashMultiplier = 0x9E37_79B9_7F4A_7C15;
    private const int SetBits = 5;

    private readonly Neighbor[] _entries = new Neighbor[Capacity];

    /// <summary>The entry with that index.</summary>
    public ref Neighbor this[int index] => ref _entries[index];

    /// <summary>The index of an address, or -1.</summary>
    public int Find(Ipv4Address address)
    {
        int first = FirstOfSet(address);
        for (int index = first; index < first + Ways; index++)
        {
            if (_entries[index].Address == address && _entries[index].State != NeighborState.Free)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>
    /// Finds room for an address that is not there, and gives the entry to it. Returns its index, or -1 if none may go.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <param name="isUsed">Whether we want to send to it.</param>
    /// <param name="evicted">Who had the entry before; none if it was free.</param>
    public int Allocate(Ipv4Address address, bool isUsed, out Ipv4Address evicted)
    {
        evicted = Ipv4Address.None;
        int first = FirstOfSet(address);
        int best = -1;
        for (int index = first; index < first + Ways; index++)
        {
            if (best < 0 || IsBetterVictim(_entries[index], _entries[best]))
            {
                best = index;
            }
        }

        if (!isUsed && RankOf(_entries[best]) > VictimRank.NeverUsed)
        {
            return -1;
        }

        if (_entries[best].State != NeighborState.Free)
        {
            evicted = _entries[best].Address;
        }

        _entries[best] = new Neighbor { Address = address, IsUsed = isUsed };
        return best;
    }

    /// <summary>Forgets everybody.</summary>
    public void Clear() => Array.Clear(_entries);

    private enum VictimRank
    {
        Free,
        Failed,
        NeverUsed,
        Incomplete,
        Known,
    }

    private static bool IsBetterVictim(in Neighbor candidate, in Neighbor best)
    {
        VictimRank candidateRank = RankOf(candidate);
        VictimRank bestRank = RankOf(best);
        return candidateRank < bestRank || (candidateRank == bestRank && candidate.LastUsed < best.LastUsed);
    }

    private static VictimRank RankOf(in Neighbor entry) => entry.State switch
    {
        NeighborState.Free => VictimRank.Free,
        NeighborState.Failed => VictimRank.Failed,
        _ when !entry.IsUsed => VictimRank.NeverUsed,
        NeighborState.Incomplete => VictimRank.Incomplete,
        _ => VictimRank.Known,
    };

    private int FirstOfSet(Ipv4Address address)
        => (int)(((address.Value ^ hashKey) * HashMultiplier) >> (64 - SetBits)) * Ways;
}
