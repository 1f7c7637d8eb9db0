using System;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>The connection blocks that the kernel maps into this domain.</summary>
internal sealed unsafe class MappedConnectionMemory(ConnectionMemoryDescription memory) : IConnectionMemory
{
    private readonly byte* _blocks = (byte*)memory.Address;

    /// <inheritdoc/>
    public uint BlockLimit { get; } = memory.BlockLimit;

    /// <inheritdoc/>
    public Span<byte> GetBlock(uint block)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(block, BlockLimit);

        // SAFETY:
        // 1. The check keeps the block inside the range that the kernel has set aside for blocks.
        // 2. Where no block is mapped nothing is: the access faults, and reaches nobody else's memory.
        // 3. Only the two sizes that there are count, and the larger one still ends before the next block.
        byte* start = _blocks + ((nuint)block * ConnectionBlock.LargeBlockBytes);
        ConnectionBlock header = new(new Span<byte>(start, ConnectionBlock.SmallBlockBytes));
        bool isLarge = header.Kernel.BlockBytes == ConnectionBlock.LargeBlockBytes;
        return new Span<byte>(start, isLarge ? ConnectionBlock.LargeBlockBytes : ConnectionBlock.SmallBlockBytes);
    }
}
