using System;

namespace NooksOS.Contracts;

/// <summary>
/// The connection blocks as an instance of the stack sees them. Made by the runtime half over <see cref="ITransportHost"/>; a
/// host test makes its own.
/// </summary>
public interface IConnectionMemory
{
    /// <summary>One more than the highest number that a block can have.</summary>
    uint BlockLimit { get; }

    /// <summary>
    /// The memory of a block, for a <see cref="ConnectionBlock"/>. Only blocks that the kernel has named are there: at
    /// <see cref="ITransport.AdoptConnections"/>, in a kick, or as an accepted connection; and until the stack has committed
    /// <see cref="ConnectionState.Closed"/>. Touching any other one is a fault.
    /// </summary>
    Span<byte> GetBlock(uint block);
}
