using System;
using System.Threading;

namespace NooksOS.Recovery;

/// <summary>The latest fault records, a bounded number of them.</summary>
public sealed class FaultLog(int capacity)
{
    /// <summary>How many records are kept unless said otherwise.</summary>
    public const int DefaultCapacity = 256;

    private readonly Lock _sync = new();
    private readonly FaultRecord?[] _records = new FaultRecord?[capacity];
    private int _next;
    private int _count;

    /// <summary>Failures since boot, also those whose records are gone.</summary>
    public ulong Total { get; private set; }

    /// <summary>Called by the recovery thread, outside all locks, when a failure has come to its outcome.</summary>
    public Action<FaultRecord>? Ended { get; set; }

    /// <summary>The records that are kept, oldest first.</summary>
    public FaultRecord[] Snapshot()
    {
        lock (_sync)
        {
            FaultRecord[] records = new FaultRecord[_count];
            for (int index = 0; index < _count; index++)
            {
                records[index] = _records[(_next - _count + index + capacity) % capacity]!;
            }

            return records;
        }
    }

    /// <summary>Finds a record by its number; null if it is gone.</summary>
    public FaultRecord? Find(uint id) => Array.Find(Snapshot(), record => record.Id == id);

    internal void Add(FaultRecord record)
    {
        lock (_sync)
        {
            _records[_next] = record;
            _next = (_next + 1) % capacity;
            _count = Math.Min(_count + 1, capacity);
            Total++;
        }
    }
}
