using System;
using System.Runtime.InteropServices;

namespace NooksOS.Contracts;

/// <summary>Memory that a device reads and writes at any time. What is read from it is never trusted.</summary>
public abstract class DmaBuffer
{
    /// <summary>Where the device sees the first byte.</summary>
    public abstract ulong DeviceAddress { get; }

    /// <summary>The whole buffer.</summary>
    public abstract Span<byte> Bytes { get; }

    /// <summary>As much of the buffer as holds whole values, as an array of plain values such as descriptors.</summary>
    public Span<T> As<T>()
        where T : unmanaged
    {
        // Not virtual: a virtual generic method is found by a search at each call.
        return MemoryMarshal.Cast<byte, T>(Bytes);
    }
}
