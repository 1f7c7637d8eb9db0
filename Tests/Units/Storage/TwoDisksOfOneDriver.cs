using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using NooksOS.Tests.Units.Recovery;
using Xunit;

namespace NooksOS.Tests.Units.Storage;

/// <summary>Disks that share a driver: what it tells of one comes with a call on behalf of another.</summary>
public sealed class TwoDisksOfOneDriver : IBlockDevice, IFaultSink
{
    private const uint DomainId = 5;
    private const int Depth = BlockLimits.RequestsPerCall;

    private readonly Queue<BlockCompletion> _ended = new();
    private readonly List<FaultReport> _faults = [];

    public uint CurrentInstance(uint domainId) => 1;

    public bool Report(FaultReport report)
    {
        _faults.Add(report);
        return true;
    }

    public CallResult<BlockExchange> Exchange(
        ReadOnlySpan<BlockRequest> requests, ReadOnlySpan<BlockSegment> segments, Span<BlockCompletion> ended, bool looks)
    {
        uint count = 0;
        while (looks && count < (uint)ended.Length && _ended.TryDequeue(out BlockCompletion completion))
        {
            ended[(int)count++] = completion;
        }

        foreach (ref readonly BlockRequest request in requests)
        {
            _ended.Enqueue(new BlockCompletion { Id = request.Id, Unit = request.Unit });
        }

        return CallResult<BlockExchange>.Ok(new BlockExchange((uint)requests.Length, count));
    }

    public CallResult<uint> CountOutstanding(uint unit, long nowNanoseconds) => CallResult<uint>.Ok(Depth);

    [Fact]
    public void EndsThatFindNoRoomInOneCallComeWithTheNext()
    {
        FakeClock clock = new();
        BlockShadow shadow = new(clock, new FakeSignal(clock), new FakeSignal(clock), this, new BlockShadowOptions());
        BlockDeviceHostService host = new(
            shadow, DomainId, this, new HandleTable(DomainId, ObjectQuotas.Default, new TrackerLedger()));
        for (uint unit = 0; unit < 2; unit++)
        {
            BlockDeviceDescription description = new()
            {
                Unit = unit, SectorBytes = 512, SectorCount = 100, QueueDepth = Depth, MaximumSegments = 1,
            };
            Assert.True(host.Register(description, "model"u8, "serial"u8).Succeeded);
        }

        Assert.Equal(CallStatus.Ok, shadow.InstanceStarted(DomainId));
        int ends = 0;
        foreach (BlockDisk disk in shadow.Disks)
        {
            foreach (int _ in Enumerable.Range(0, Depth))
            {
                disk.Add(new BlockTransfer(transfer => ends += transfer.Result == BlockResult.Done ? 1 : 0)
                {
                    Operation = BlockOperation.Flush,
                });
            }
        }

        shadow.Pump();
        Assert.Equal(0, ends);
        Assert.True(shadow.TryTakeLine(DomainId, new FakeLine()));
        shadow.Pump();
        Assert.Equal(2 * Depth, ends);
        Assert.Empty(_faults);
    }
}
