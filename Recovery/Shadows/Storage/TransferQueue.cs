namespace NooksOS.Recovery.Shadows;

/// <summary>Transfers that wait for a driver, in the order in which they were given. The owner guards it.</summary>
internal sealed class TransferQueue
{
    private BlockTransfer? _first;
    private BlockTransfer? _last;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The oldest one, or null.</summary>
    public BlockTransfer? First => _first;

    /// <summary>Adds one that is younger than all of them.</summary>
    public void Add(BlockTransfer transfer)
    {
        transfer.Next = null;
        if (_last is null)
        {
            _first = transfer;
        }
        else
        {
            _last.Next = transfer;
        }

        _last = transfer;
        Count++;
    }

    /// <summary>Puts one back to its place.</summary>
    public void PutBack(BlockTransfer transfer)
    {
        BlockTransfer? before = null;
        BlockTransfer? entry = _first;
        while (entry is not null && entry.Order < transfer.Order)
        {
            before = entry;
            entry = entry.Next;
        }

        transfer.Next = entry;
        if (before is null)
        {
            _first = transfer;
        }
        else
        {
            before.Next = transfer;
        }

        _last = entry is null ? transfer : _last;
        Count++;
    }

    /// <summary>Takes the oldest one, or null.</summary>
    public BlockTransfer? Take()
    {
        if (_first is not { } transfer)
        {
            return null;
        }

        _first = transfer.Next;
        _last = _first is null ? null : _last;
        transfer.Next = null;
        Count--;
        return transfer;
    }
}
