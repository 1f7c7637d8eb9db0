using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>The memory of connections: where blocks come from, and how the kernel reaches them.</summary>
public interface IConnectionBlocks
{
    /// <summary>One more than the highest number that a block can have.</summary>
    uint Limit { get; }

    /// <summary>Takes a block and shows it to the stack that runs now. False if memory is short.</summary>
    bool TryTake(out uint block);

    /// <summary>Gives a block back. Nobody uses it any more.</summary>
    void Return(uint block);

    /// <summary>The memory of a block that was taken.</summary>
    Span<byte> Get(uint block);

    /// <summary>Gives memory back that is only kept for the next connection. Returns when to ask again.</summary>
    long Trim(long nowNanoseconds);
}
