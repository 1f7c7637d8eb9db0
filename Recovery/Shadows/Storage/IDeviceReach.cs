using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>What of the memory of requests the devices of one instance of a driver reach. The instance is dead or alive, and never the next one.</summary>
public interface IDeviceReach
{
    /// <summary>Lets them reach the memory of a request. False, and they reach nothing of it, if that cannot be now.</summary>
    /// <param name="segments">The memory.</param>
    /// <param name="isFilled">Whether they write it; they read it otherwise.</param>
    bool TryLend(ReadOnlySpan<BlockSegment> segments, bool isFilled);

    /// <summary>The request is no longer theirs.</summary>
    void TakeBack(ReadOnlySpan<BlockSegment> segments);

    /// <summary>Once this returns they reach nothing any more that was taken back before.</summary>
    void Settle();
}
