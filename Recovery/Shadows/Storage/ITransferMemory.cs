using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>The memory of requests as the kernel sees it.</summary>
public interface ITransferMemory
{
    /// <summary>A piece of memory, from where a device sees its beginning.</summary>
    Span<byte> Get(ulong deviceAddress);
}
