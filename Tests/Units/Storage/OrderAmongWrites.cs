using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Storage;
using Xunit;

namespace NooksOS.Tests.Units.Storage;

/// <summary>
/// Power fails after every write that reaches the disk. What is then on the medium must be what was written up to some point of
/// the order, and a part of what was written up to the next one.
/// </summary>
public sealed class OrderAmongWrites
{
    private const int Sectors = 256;
    private const int Operations = 120;
    private const int CutsPerPosition = 3;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 15)]
    [InlineData(5, 15)]
    [InlineData(6, 4)]
    public void NothingLaterIsOnTheMediumBeforeWhatWasOrderedBeforeIt(int seed, int deathsPerSteps)
    {
        StorageRig rig = new(seed, Sectors, cachePages: 24) { DeathsPerSteps = deathsPerSteps };
        rig.Start();
        Random random = new(seed);
        History history = new();
        for (int operation = 1; operation <= Operations; operation++)
        {
            switch (random.Next(10))
            {
                case < 6:
                    int first = random.Next(Sectors - 16);
                    int count = random.Next(1, 17);
                    bool isLate = random.Next(3) == 0;
                    byte[] bytes = new byte[count * SimulatedDisk.SectorBytes];
                    for (int sector = 0; sector < count; sector++)
                    {
                        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(sector * SimulatedDisk.SectorBytes), operation);
                        history.Note(first + sector, operation, isLate);
                    }

                    Assert.Equal(
                        CallStatus.Ok,
                        isLate ? rig.Volume.WriteLate((ulong)first, bytes) : rig.Volume.Write((ulong)first, bytes));
                    break;
                case < 8:
                    Assert.Equal(CallStatus.Ok, rig.Volume.Order());
                    history.Epoch++;
                    break;
                case 8:
                    Assert.Equal(CallStatus.Ok, rig.Volume.Flush());
                    history.Epoch++;
                    history.NoteFlush(rig.Device.Trace.Count, operation);
                    break;
                default:
                    rig.Step();
                    break;
            }
        }

        Assert.Equal(CallStatus.Ok, rig.Volume.Flush());
        history.NoteFlush(rig.Device.Trace.Count, Operations);
        Assert.Empty(rig.Faults);
        for (int kept = 0; kept <= rig.Device.Trace.Count; kept++)
        {
            for (int cut = 0; cut < CutsPerPosition; cut++)
            {
                history.Check(Cut(rig.Device.Trace, kept, random), kept);
            }
        }
    }

    [Fact]
    public void WithoutACacheOfItsOwnTheDiskIsNotToldToEmptyIt()
    {
        StorageRig rig = new();
        rig.Device.Description = rig.Device.Description with { Features = BlockDeviceFeatures.None };
        rig.Start();
        rig.Fill(0, 8, 1);
        rig.Volume.Order();
        rig.Fill(8, 8, 2);
        Assert.Equal(CallStatus.Ok, rig.Volume.Flush());
        Assert.DoesNotContain(rig.Device.Trace, write => write.IsFlush);
        Assert.Equal(2, rig.Device.Trace.Count);
    }

    [Fact]
    public void WhatIsLateGoesToTheMediumTogether()
    {
        const int Files = 20;
        const int Entries = Sectors;
        StorageRig rig = new(cachePages: 1024);
        rig.Start();
        for (int file = 1; file <= Files; file++)
        {
            rig.Fill((ulong)(file * 8), 8, 1);
            Assert.Equal(CallStatus.Ok, rig.Volume.WriteLate(Entries, new byte[SimulatedDisk.SectorBytes]));
        }

        Assert.Equal(CallStatus.Ok, rig.Volume.Flush());
        Assert.Equal(2, rig.Device.Trace.Count(write => write.IsFlush));
        SimulatedDisk.Write last = rig.Device.Trace.Last(write => !write.IsFlush);
        Assert.Equal(Entries * SimulatedDisk.SectorBytes, last.Offset);
    }

    [Fact]
    public void WhatFollowsSomethingLateOnItsPageHasToBeThereBeforeWhatIsLateNext()
    {
        StorageRig rig = new();
        rig.Start();
        byte[] sector = new byte[SimulatedDisk.SectorBytes];
        rig.Volume.WriteLate(0, sector);
        rig.Volume.Write(1, sector);
        rig.Volume.WriteLate(64, sector);
        Assert.Equal(CallStatus.Ok, rig.Volume.Flush());
        Assert.Equal([0, -1, 64 * SimulatedDisk.SectorBytes, -1], rig.Device.Trace.Select(write => write.Offset));
    }

    [Fact]
    public void WritesOfOnePageBetweenTwoPointsBecomeOne()
    {
        StorageRig rig = new();
        rig.Start();
        for (byte value = 1; value <= 100; value++)
        {
            rig.Fill(16, 8, value);
        }

        Assert.Equal(CallStatus.Ok, rig.Volume.Flush());
        SimulatedDisk.Write write = Assert.Single(rig.Device.Trace, write => !write.IsFlush);
        Assert.Equal(100, write.Bytes[0]);
    }

    [Fact]
    public void AFlushOfNothingAsksTheDiskForNothing()
    {
        StorageRig rig = new();
        rig.Start();
        rig.Read(0, 8);
        int submitted = rig.Device.Submitted;
        for (int count = 0; count < 10; count++)
        {
            Assert.Equal(CallStatus.Ok, rig.Volume.Order());
            Assert.Equal(CallStatus.Ok, rig.Volume.Flush());
        }

        Assert.Equal(submitted, rig.Device.Submitted);
    }

    [Fact]
    public void AnOldWriteReachesTheDiskByItself()
    {
        StorageRig rig = new();
        rig.Start();
        rig.Fill(8, 8, 9);
        rig.Clock.Advance(new CacheOptions().DelayNanoseconds);
        rig.StepUntilQuiet();
        Assert.Single(rig.Device.Trace);
        Assert.Equal(0u, rig.Attached.Cache.GetStatistics().UnwrittenPages);
    }

    // What was written since the last flush is there or not, each write for itself.
    private static int[] Cut(IReadOnlyList<SimulatedDisk.Write> trace, int kept, Random random)
    {
        int durable = 0;
        for (int index = 0; index < kept; index++)
        {
            durable = trace[index].IsFlush ? index : durable;
        }

        int[] medium = new int[Sectors];
        for (int index = 0; index < kept; index++)
        {
            if (!trace[index].IsFlush && (index < durable || random.Next(2) == 0))
            {
                for (int offset = 0; offset < trace[index].Bytes.Length; offset += SimulatedDisk.SectorBytes)
                {
                    medium[(trace[index].Offset + offset) / SimulatedDisk.SectorBytes] =
                        BinaryPrimitives.ReadInt32LittleEndian(trace[index].Bytes.AsSpan(offset));
                }
            }
        }

        return medium;
    }

    private sealed class History
    {
        private readonly List<(int Sector, int Operation, int Epoch, bool IsLate)> _writes = [];
        private readonly HashSet<int> _late = [];
        private readonly Dictionary<int, int> _epochs = [];
        private readonly List<(int Position, int Operation)> _flushes = [];

        public int Epoch { get; set; }

        public void Note(int sector, int operation, bool isLate)
        {
            _writes.Add((sector, operation, Epoch, isLate));
            _epochs[operation] = Epoch;
            if (isLate)
            {
                _late.Add(operation);
            }
        }

        public void NoteFlush(int position, int operation) => _flushes.Add((position, operation));

        public void Check(int[] medium, int kept)
        {
            int latest = medium.Where(operation => operation != 0).Select(operation => _epochs[operation]).DefaultIfEmpty(0).Max();
            int flushed = _flushes.Where(flush => flush.Position <= kept).Select(flush => flush.Operation).DefaultIfEmpty(0).Max();
            int latestLate = medium.Where(_late.Contains).DefaultIfEmpty(0).Max();
            foreach ((int sector, int operation, int epoch, bool isLate) in _writes)
            {
                bool isBehindIt = epoch < latest || (!isLate && operation < latestLate);
                if (medium[sector] < operation && (isBehindIt || operation <= flushed))
                {
                    Assert.Fail($"after {kept} writes sector {sector} has not what operation {operation} wrote in epoch {epoch} of {latest}");
                }
            }
        }
    }
}
