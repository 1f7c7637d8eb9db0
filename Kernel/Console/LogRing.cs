using System;

namespace NooksOS.Kernel.Console;

/// <summary>The newest bytes of the log, in plain memory. Not synchronised: the caller keeps interrupts off.</summary>
internal unsafe struct LogRing
{
    /// <summary>Bytes that are kept.</summary>
    public const int Capacity = 64 * 1024;

    private fixed byte _bytes[Capacity];

    /// <summary>Bytes ever written; a position for <see cref="CopyFrom"/>.</summary>
    public ulong Written { get; private set; }

    /// <summary>Adds text, over the oldest if need be.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
        {
            _bytes[(int)(Written % Capacity)] = value;
            Written++;
        }
    }

    /// <summary>Copies from a position on, or from the oldest byte that is left. Moves the position behind what was copied.</summary>
    public readonly int CopyFrom(ref ulong position, Span<byte> destination)
    {
        ulong oldest = Written > Capacity ? Written - Capacity : 0;
        position = Math.Max(position, oldest);
        int count = 0;
        while (count < destination.Length && position < Written)
        {
            destination[count++] = _bytes[(int)(position % Capacity)];
            position++;
        }

        return count;
    }
}
