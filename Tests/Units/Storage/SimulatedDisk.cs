using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Storage;

/// <summary>
/// A driver and its disk: takes requests, and carries them out when it is told to, in any order. Writes stay in a cache that
/// power does not outlive until a flush. Complains of what no cache may ask of a disk.
/// </summary>
internal sealed class SimulatedDisk(FakePages memory, uint sectorCount, Random random) : IBlockDevice
{
    public const int SectorBytes = 512;

    private readonly List<(BlockRequest Request, BlockSegment[] Segments)> _requests = [];
    private readonly Queue<BlockCompletion> _ended = new();
    private readonly byte[] _contents = new byte[sectorCount * SectorBytes];

    public BlockDeviceDescription Description { get; set; } = new()
    {
        SectorBytes = SectorBytes,
        SectorCount = sectorCount,
        QueueDepth = 32,
        MaximumSegments = 32,
        Features = BlockDeviceFeatures.VolatileCache,
    };

    /// <summary>What the medium would hold after a cut, one for each write that reached the disk and each flush: see <see cref="States"/>.</summary>
    public List<Write> Trace { get; } = [];

    public int Outstanding => _requests.Count;

    public int Submitted { get; private set; }

    /// <summary>How many requests came with each call that had any.</summary>
    public List<int> Batches { get; } = [];

    public HashSet<ulong> BadSectors { get; } = [];

    public BlockResult BadResult { get; set; } = BlockResult.DeviceError;

    /// <summary>Whether the instance says of every request that it failed.</summary>
    public bool Lies { get; set; }

    /// <summary>How many requests the driver says are done that it has not given to the disk.</summary>
    public int Forgets { get; set; }

    /// <summary>What the driver says about where requests are, if not the truth.</summary>
    public uint? Claims { get; set; }

    public bool TakesNothing { get; set; }

    public Span<byte> Contents => _contents;

    /// <summary>What the driver tells of next, whether or not it is true.</summary>
    public void Tell(BlockCompletion completion)
    {
        _requests.RemoveAll(own => own.Request.Id == completion.Id);
        _ended.Enqueue(completion);
    }

    public CallResult<BlockExchange> Exchange(
        ReadOnlySpan<BlockRequest> requests, ReadOnlySpan<BlockSegment> segments, Span<BlockCompletion> ended, bool looks)
    {
        uint count = 0;
        while (looks && count < (uint)ended.Length && _ended.TryDequeue(out BlockCompletion completion))
        {
            ended[(int)count++] = completion;
        }

        if (!requests.IsEmpty)
        {
            Batches.Add(requests.Length);
        }

        return CallResult<BlockExchange>.Ok(new BlockExchange(Begin(requests, segments), count));
    }

    public CallResult<uint> CountOutstanding(uint unit, long nowNanoseconds)
        => CallResult<uint>.Ok(Claims ?? (uint)_requests.Count);

    /// <summary>Carries out one request, whichever, and returns its end.</summary>
    public BlockCompletion Serve()
    {
        int index = random.Next(_requests.Count);
        (BlockRequest request, BlockSegment[] segments) = _requests[index];
        _requests.RemoveAt(index);
        if (Forgets != 0)
        {
            Forgets--;
            return new BlockCompletion { Id = request.Id };
        }

        if (Lies)
        {
            return new BlockCompletion { Id = request.Id, Result = BadResult };
        }

        for (ulong sector = request.FirstSector; sector < request.FirstSector + request.SectorCount; sector++)
        {
            if (BadSectors.Contains(sector))
            {
                return new BlockCompletion { Id = request.Id, Result = BadResult };
            }
        }

        int offset = (int)request.FirstSector * SectorBytes;
        foreach (BlockSegment segment in segments)
        {
            Span<byte> bytes = memory.Get(segment.DeviceAddress)[..(int)segment.LengthBytes];
            Span<byte> place = _contents.AsSpan(offset, bytes.Length);
            if (request.Operation == BlockOperation.Read)
            {
                place.CopyTo(bytes);
            }
            else
            {
                bytes.CopyTo(place);
                Trace.Add(new Write(offset, bytes.ToArray()));
            }

            offset += bytes.Length;
        }

        if (request.Operation == BlockOperation.Flush)
        {
            Trace.Add(new Write(-1, []));
        }

        return new BlockCompletion { Id = request.Id };
    }

    private uint Begin(ReadOnlySpan<BlockRequest> requests, ReadOnlySpan<BlockSegment> segments)
    {
        uint taken = 0;
        foreach (ref readonly BlockRequest request in requests)
        {
            if (TakesNothing || _requests.Count == Description.QueueDepth)
            {
                break;
            }

            BlockSegment[] own = segments.Slice((int)request.FirstSegment, (int)request.SegmentCount).ToArray();
            Assert.Equal(request.SectorCount * SectorBytes, own.Sum(segment => (long)segment.LengthBytes));
            Assert.True(request.FirstSector + request.SectorCount <= Description.SectorCount, "behind the end of the disk");
            BlockRequest added = request;
            Assert.DoesNotContain(_requests, other => Overlap(other.Request, added));
            _requests.Add((request, own));
            Submitted++;
            taken++;
        }

        return taken;
    }

    /// <summary>The instance dies. What it had is lost with it, done or not.</summary>
    public void Die()
    {
        while (_requests.Count != 0 && random.Next(2) == 0)
        {
            Serve();
        }

        _requests.Clear();
        _ended.Clear();
        Lies = false;
    }

    // A read and a write of one sector at the same time, or two writes, end in any order.
    private static bool Overlap(in BlockRequest left, in BlockRequest right)
        => (left.Operation == BlockOperation.Write || right.Operation == BlockOperation.Write)
            && left.FirstSector < right.FirstSector + right.SectorCount && right.FirstSector < left.FirstSector + left.SectorCount;

    /// <summary>A write that reached the disk; without a place, a flush.</summary>
    internal sealed record Write(int Offset, byte[] Bytes)
    {
        public bool IsFlush => Offset < 0;
    }
}
