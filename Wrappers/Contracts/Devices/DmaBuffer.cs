using System;

namespace NooksOS.Contracts;

/// <summary>Memory that a device reads and writes at any time. What is read from it is never trusted.</summary>
public abstract class DmaBuffer
{
    /// <summary>Where the device sees the first byte.</summary>
    public abstract ulong DeviceAddress { get; }

    /// <summary>The whole buffer.</summary>
    public abstract Span<byte> Bytes { get; }

    /// <summary>The whole buffer as an array of plain values, such as descriptors.</summary>
    public abstract Span<T> As<T>()
        where T : unmanaged;
}
