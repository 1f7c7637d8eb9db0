using System;
using System.Buffers.Binary;

namespace NooksOS.Recovery;

/// <summary>The latest failures of one extension: when, and which, so that one that is told twice counts once.</summary>
public sealed class FaultHistory
{
    /// <summary>How many failures are remembered; also the largest number a policy can count to, less one.</summary>
    public const int Capacity = 64;

    /// <summary>The largest number of bytes that <see cref="Write"/> produces.</summary>
    public const int MaximumBytes = Capacity * EntryBytes;

    private const int EntryBytes = sizeof(uint) + sizeof(long);

    private readonly uint[] _faultIds = new uint[Capacity];
    private readonly long[] _times = new long[Capacity];
    private int _first;

    /// <summary>How many failures are remembered.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a failure; the oldest one is forgotten if there are too many. False if it is there already.</summary>
    public bool Add(uint faultId, long timeNanoseconds)
    {
        for (int index = 0; index < Count; index++)
        {
            if (_faultIds[Position(index)] == faultId)
            {
                return false;
            }
        }

        if (Count == Capacity)
        {
            _first = Position(1);
            Count--;
        }

        int last = Position(Count);
        _faultIds[last] = faultId;
        _times[last] = timeNanoseconds;
        Count++;
        return true;
    }

    /// <summary>How many failures happened after a time.</summary>
    public uint CountAfter(long timeNanoseconds)
    {
        uint count = 0;
        for (int index = 0; index < Count; index++)
        {
            if (_times[Position(index)] > timeNanoseconds)
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Count = 0;

    /// <summary>Writes the history for the state store and returns its length.</summary>
    public int Write(Span<byte> destination)
    {
        for (int index = 0; index < Count; index++)
        {
            Span<byte> entry = destination.Slice(index * EntryBytes, EntryBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(entry, _faultIds[Position(index)]);
            BinaryPrimitives.WriteInt64LittleEndian(entry[sizeof(uint)..], _times[Position(index)]);
        }

        return Count * EntryBytes;
    }

    /// <summary>Reads what <see cref="Write"/> wrote. A partial entry at the end is left out.</summary>
    public static FaultHistory Read(ReadOnlySpan<byte> source)
    {
        FaultHistory history = new();
        for (; source.Length >= EntryBytes; source = source[EntryBytes..])
        {
            history.Add(
                BinaryPrimitives.ReadUInt32LittleEndian(source),
                BinaryPrimitives.ReadInt64LittleEndian(source[sizeof(uint)..]));
        }

        return history;
    }

    private int Position(int index) => (_first + index) % Capacity;
}
