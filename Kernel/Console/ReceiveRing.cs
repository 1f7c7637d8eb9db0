using System.Threading;

namespace NooksOS.Kernel.Console;

/// <summary>
/// Bytes on their way from an interrupt handler to one reading thread. When it is full the newest byte is lost. Plain memory, so
/// that the handler touches no object.
/// </summary>
internal unsafe struct ReceiveRing
{
    private const int Capacity = 4096;

    private fixed byte _bytes[Capacity];
    private uint _written;
    private uint _read;

    /// <summary>Bytes that found no room.</summary>
    public uint LostCount { get; private set; }

    /// <summary>Adds a byte. Only the interrupt handler, or the reader with interrupts off.</summary>
    public void Put(byte value)
    {
        uint written = _written;
        if (written - Volatile.Read(ref _read) == Capacity)
        {
            LostCount++;
            return;
        }

        _bytes[written % Capacity] = value;

        // The byte must be there before the reader sees the count.
        Volatile.Write(ref _written, written + 1);
    }

    /// <summary>Takes the oldest byte. Only the reader.</summary>
    public bool TryTake(out byte value)
    {
        uint read = _read;
        if (read == Volatile.Read(ref _written))
        {
            value = 0;
            return false;
        }

        value = _bytes[read % Capacity];
        Volatile.Write(ref _read, read + 1);
        return true;
    }
}
