using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>The requests of a disk that its driver has, by the numbers that the driver knows them by. The owner guards it.</summary>
internal sealed class FlightTable
{
    /// <summary>The most requests that a driver has at once.</summary>
    public const int MaximumCount = 64;

    private readonly BlockTransfer?[] _transfers = new BlockTransfer?[MaximumCount];
    private uint _lastGeneration;

    /// <summary>How many there are.</summary>
    public uint Count { get; private set; }

    /// <summary>How many of them somebody waits for.</summary>
    public uint Urgent { get; private set; }

    /// <summary>Gives a request a number. There is room.</summary>
    public void Enter(BlockTransfer transfer, long nowNanoseconds)
    {
        int slot = Array.IndexOf(_transfers, null);

        // No number of a request that a dead instance had comes again soon.
        transfer.Id = (++_lastGeneration * MaximumCount) + (uint)slot;
        transfer.BegunNanoseconds = nowNanoseconds;
        _transfers[slot] = transfer;
        Count++;
        Urgent += transfer.IsPatient ? 0u : 1u;
    }

    /// <summary>The request of a number, or null if none has it.</summary>
    public BlockTransfer? Find(uint id)
        => _transfers[id % MaximumCount] is { } transfer && transfer.Id == id ? transfer : null;

    /// <summary>The driver does not have it any more.</summary>
    public void Leave(BlockTransfer transfer)
    {
        _transfers[transfer.Id % MaximumCount] = null;
        Count--;
        Urgent -= transfer.IsPatient ? 0u : 1u;
    }

    /// <summary>Any of them, or null.</summary>
    public BlockTransfer? FindAny() => Count == 0 ? null : Array.Find(_transfers, static transfer => transfer is not null);

    /// <summary>When the driver got the one that it has for the longest time; <see cref="long.MaxValue"/> if it has none.</summary>
    public long FindOldestNanoseconds()
    {
        long oldest = long.MaxValue;
        foreach (BlockTransfer? transfer in _transfers)
        {
            oldest = Math.Min(oldest, transfer?.BegunNanoseconds ?? long.MaxValue);
        }

        return oldest;
    }
}
