using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>What is said to a driver of disks in one call, and room for what it answers. Used again and again, by one thread.</summary>
internal sealed class ExchangeBatch
{
    private readonly BlockRequest[] _requests = new BlockRequest[BlockLimits.RequestsPerCall];
    private readonly BlockSegment[] _segments = new BlockSegment[BlockLimits.SegmentsPerCall];
    private readonly BlockCompletion[] _ended = new BlockCompletion[BlockLimits.RequestsPerCall];
    private int _segmentCount;

    /// <summary>How many requests there are.</summary>
    public int Count { get; private set; }

    /// <summary>The requests.</summary>
    public ReadOnlySpan<BlockRequest> Requests => _requests.AsSpan(0, Count);

    /// <summary>Their memory.</summary>
    public ReadOnlySpan<BlockSegment> Segments => _segments.AsSpan(0, _segmentCount);

    /// <summary>Where the driver tells what has ended: so much, or as much as can be told in one call.</summary>
    public Span<BlockCompletion> GetEnded(uint count) => _ended.AsSpan(0, (int)Math.Min(count, BlockLimits.RequestsPerCall));

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        Count = 0;
        _segmentCount = 0;
    }

    /// <summary>Whether there is room for one more.</summary>
    public bool HasRoomFor(BlockTransfer transfer)
        => Count < _requests.Length && _segmentCount + transfer.SegmentCount <= _segments.Length;

    /// <summary>Adds a request, which has its number and for which there is room.</summary>
    public void Add(BlockTransfer transfer, uint unit)
    {
        transfer.Segments.CopyTo(_segments.AsSpan(_segmentCount));
        _requests[Count++] = new BlockRequest
        {
            Id = transfer.Id,
            Unit = unit,
            Operation = transfer.Operation,
            SectorCount = transfer.SectorCount,
            FirstSector = transfer.FirstSector,
            FirstSegment = (uint)_segmentCount,
            SegmentCount = (uint)transfer.SegmentCount,
        };
        _segmentCount += transfer.SegmentCount;
    }
}
