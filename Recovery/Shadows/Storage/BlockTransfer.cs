using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// A request to a disk on the kernel's side: it lives until the disk has carried it out or refused it for good, through as many
/// instances of the driver as that takes. Its memory must stay as it is until then. Filled in by its user while it is not under
/// way, and used again.
/// </summary>
/// <param name="ended">Called once each time that it has ended, from any thread, with no lock held.</param>
public sealed class BlockTransfer(Action<BlockTransfer> ended)
{
    private readonly BlockSegment[] _segments = new BlockSegment[BlockLimits.SegmentsPerRequest];

    /// <summary>What is wanted.</summary>
    public BlockOperation Operation { get; set; }

    /// <summary>The first sector.</summary>
    public ulong FirstSector { get; set; }

    /// <summary>How many sectors; zero for a flush.</summary>
    public uint SectorCount { get; set; }

    /// <summary>Whether nobody waits for its end: it may be told of later, with others. It stays as it is while the disk has it.</summary>
    public bool IsPatient { get; set; }

    /// <summary>Its memory, by which it is seen whether a read has filled it; null if that is of no interest.</summary>
    public ITransferMemory? Memory { get; init; }

    /// <summary>How it ended; <see cref="BlockResult.Refused"/> also if the disk is gone.</summary>
    public BlockResult Result { get; internal set; }

    /// <summary>The pieces of its memory.</summary>
    public ReadOnlySpan<BlockSegment> Segments => _segments.AsSpan(0, SegmentCount);

    /// <summary>How many there are.</summary>
    public int SegmentCount { get; private set; }

    internal uint Id { get; set; }

    /// <summary>Its place among all that the disk was given, for putting it back there.</summary>
    internal ulong Order { get; private set; }

    internal int Failures { get; set; }

    internal int Aborts { get; set; }

    /// <summary>How many of its last aborts had no end of any other request between them.</summary>
    internal int AbortsInVain { get; set; }

    /// <summary>How many requests had ended at the last one.</summary>
    internal ulong EndsAtAbort { get; set; }

    /// <summary>The instance that has said that it failed, and was not believed; zero if there is none.</summary>
    internal uint DoubtedRegistration { get; set; }

    internal long BegunNanoseconds { get; set; }

    internal BlockTransfer? Next { get; set; }

    /// <summary>Forgets its memory.</summary>
    public void Clear() => SegmentCount = 0;

    /// <summary>Adds a piece of memory, which must have room.</summary>
    public void Add(ulong deviceAddress, uint lengthBytes)
        => _segments[SegmentCount++] = new BlockSegment { DeviceAddress = deviceAddress, LengthBytes = lengthBytes };

    /// <summary>A disk has it from now on, and knows nothing against it.</summary>
    internal void Begin(ulong order)
    {
        Order = order;
        Failures = 0;
        Aborts = 0;
        AbortsInVain = 0;
        DoubtedRegistration = 0;
    }

    internal void End(BlockResult result)
    {
        Result = result;
        ended(this);
    }
}
