using System;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>Memory shared with a device that the kernel has mapped into this domain.</summary>
internal sealed unsafe class MappedDmaBuffer(DmaBufferDescription buffer) : DmaBuffer
{
    /// <inheritdoc/>
    public override ulong DeviceAddress => buffer.DeviceAddress;

    // SAFETY: the kernel has mapped so many bytes there, for as long as this domain lives.
    /// <inheritdoc/>
    public override Span<byte> Bytes => new((void*)buffer.Address, (int)buffer.LengthBytes);
}
