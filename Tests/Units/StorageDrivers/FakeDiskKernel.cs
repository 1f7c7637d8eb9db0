using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NooksOS.Contracts;
using NooksOS.Drivers.Storage;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.StorageDrivers;

/// <summary>
/// The kernel as the driver of a disk sees it, and the controller behind it. Holds the driver to its side of the contracts: each
/// request ends once, and when it has, the device does not reach its memory any more.
/// </summary>
internal abstract class FakeDiskKernel(Func<BlockDriver> makeDriver) : FakeServices, IBlockDeviceHost
{
    private const uint SegmentBytes = BlockLimits.SegmentBytes;
    private const long RoundNanoseconds = 1_000_000;

    private static readonly Handle<TrackedObjects.BlockDevice> s_registration = new(3, 7);
    private static readonly Handle<TrackedObjects.InterruptLine> s_line = new(4, 1);

    private readonly Dictionary<uint, DiskRequest> _pending = [];
    private readonly Queue<DiskRequest> _waiting = new();
    private uint _lastId;
    private bool _isClaimed;

    /// <summary>The controller, whatever it is.</summary>
    public abstract SimulatedDiskController Controller { get; }

    public override SimulatedRegisters Hardware => Controller;

    public override IBlockDeviceHost BlockDevices => this;

    public BlockDriver Driver { get; private set; } = makeDriver();

    public BlockDeviceDescription? Registered { get; private set; }

    /// <summary>The disk that the last instance has registered, whether there is one now or not.</summary>
    public BlockDeviceDescription? Known { get; private set; }

    public string Serial { get; private set; } = string.Empty;

    /// <summary>Requests that a driver has.</summary>
    public int Pending => _pending.Count;

    /// <summary>Requests that ended with <see cref="BlockResult.Aborted"/> and were given to the driver again.</summary>
    public int Aborts { get; private set; }

    public void Start() => Assert.Equal(CallStatus.Ok, Driver.Start(this).Status);

    /// <summary>Makes a fresh instance, and gives it back what the dead one had.</summary>
    public void Replace()
    {
        TakeDeviceAway();
        _isClaimed = false;
        Registered = null;
        Driver = makeDriver();
        foreach (DiskRequest request in _pending.OrderBy(static pair => pair.Key).Select(static pair => pair.Value))
        {
            _waiting.Enqueue(request);
        }

        _pending.Clear();
    }

    public DiskRequest Read(ulong sector, uint count) => Add(BlockOperation.Read, sector, count, null);

    public DiskRequest Write(ulong sector, byte[] content)
        => Add(BlockOperation.Write, sector, (uint)content.Length / SimulatedMedium.SectorBytes, content);

    public DiskRequest Flush() => Add(BlockOperation.Flush, 0, 0, null);

    /// <summary>Gives the driver what it has room for.</summary>
    public void Push()
    {
        while (_waiting.Count != 0)
        {
            DiskRequest[] offered = [.. _waiting.Take(Math.Min(BlockLimits.RequestsPerCall, (int)Registered!.Value.QueueDepth))];
            uint first = _lastId + 1;

            // An instance that dies meanwhile has them all: nobody knows how many it took.
            uint taken = (uint)offered.Length;
            try
            {
                taken = Submit(offered);
            }
            finally
            {
                for (uint index = 0; index < offered.Length; index++)
                {
                    if (index < taken)
                    {
                        _waiting.Dequeue();
                    }
                    else
                    {
                        _pending.Remove(first + index);
                    }
                }
            }

            if (taken == 0)
            {
                return;
            }
        }
    }

    /// <summary>Works until nothing more ends by itself.</summary>
    public void Settle(int rounds = 1000)
    {
        for (int round = 0; round < rounds; round++)
        {
            int before = _pending.Count + _waiting.Count;
            Push();
            Controller.AnswerPending();
            ServeInterrupts();
            CheckTime(RoundNanoseconds);
            if (_pending.Count + _waiting.Count == 0 || (round > 100 && before == _pending.Count + _waiting.Count))
            {
                return;
            }
        }
    }

    /// <summary>Calls the driver while the line is asserted.</summary>
    public void ServeInterrupts(int maximum = 100)
    {
        for (int calls = 0; Controller.IsLineAsserted && calls < maximum; calls++)
        {
            Interrupt();
        }
    }

    /// <summary>Calls the driver because of its line.</summary>
    public void Interrupt()
    {
        if (Registered is null)
        {
            Assert.True(Driver.OnInterrupt(s_line).Succeeded, "an interrupt cannot fail");
            return;
        }

        Exchange([], [], looks: true);
    }

    /// <summary>Lets time pass, asks the driver where the requests are, and has it look.</summary>
    public uint CheckTime(long nanoseconds)
    {
        Clock.Advance(nanoseconds);
        if (Registered is not { } disk)
        {
            return 0;
        }

        uint outstanding = Driver.CountOutstanding(disk.Unit, Clock.Nanoseconds).Value;
        Exchange([], [], looks: true);
        return outstanding;
    }

    public override IDeviceResources? ClaimDevice(ReadOnlySpan<PciIdentity> identities)
    {
        if (_isClaimed)
        {
            return null;
        }

        IDeviceResources? device = base.ClaimDevice(identities);
        _isClaimed = device is not null;
        return device;
    }

    public CallResult<uint> GetUnits() => CallResult<uint>.Ok(Known is { } known ? 1u << (int)known.Unit : 0);

    public CallResult<Handle<TrackedObjects.BlockDevice>> Register(
        BlockDeviceDescription description, ReadOnlySpan<byte> model, ReadOnlySpan<byte> serial)
    {
        Assert.Null(Registered);
        Assert.True(model.Length <= BlockLimits.ModelBytes && serial.Length <= BlockLimits.SerialBytes);
        if (!Grant())
        {
            return CallResult<Handle<TrackedObjects.BlockDevice>>.Failure(CallStatus.Busy);
        }

        Registered = description;
        Known = description;
        Serial = Encoding.ASCII.GetString(serial);
        return CallResult<Handle<TrackedObjects.BlockDevice>>.Ok(s_registration);
    }

    private DiskRequest Add(BlockOperation operation, ulong sector, uint count, byte[]? content)
    {
        DiskRequest request = new() { Operation = operation, FirstSector = sector, SectorCount = count };
        for (uint left = count * SimulatedMedium.SectorBytes; left != 0; left -= Math.Min(left, SegmentBytes))
        {
            FakeDmaBuffer memory = Memory.Lend(Math.Min(left, SegmentBytes));
            content?.AsSpan((int)((count * SimulatedMedium.SectorBytes) - left), memory.Bytes.Length).CopyTo(memory.Bytes);
            request.Memory.Add(memory);
        }

        _waiting.Enqueue(request);
        return request;
    }

    private uint Submit(DiskRequest[] offered)
    {
        List<BlockRequest> requests = [];
        List<BlockSegment> segments = [];
        foreach (DiskRequest request in offered)
        {
            requests.Add(new BlockRequest
            {
                Id = ++_lastId,
                Unit = Registered!.Value.Unit,
                Operation = request.Operation,
                FirstSector = request.FirstSector,
                SectorCount = request.SectorCount,
                FirstSegment = (uint)segments.Count,
                SegmentCount = (uint)request.Memory.Count,
            });
            _pending.Add(_lastId, request);
            segments.AddRange(request.Memory.Select(static memory => new BlockSegment
            {
                DeviceAddress = memory.DeviceAddress,
                LengthBytes = (uint)memory.Bytes.Length,
            }));
        }

        return Exchange(requests.ToArray(), segments.ToArray(), looks: false).RequestsTaken;
    }

    private BlockExchange Exchange(ReadOnlySpan<BlockRequest> requests, ReadOnlySpan<BlockSegment> segments, bool looks)
    {
        // No more room than there is under way: what is copied back is no longer than what there can be.
        BlockCompletion[] ended = new BlockCompletion[looks ? _pending.Count : requests.Length];
        CallResult<BlockExchange> result = Driver.Exchange(requests, segments, ended, looks);
        Assert.True(result.Succeeded, "an exchange cannot fail");
        Assert.True(result.Value.RequestsTaken <= (uint)requests.Length, "took more than there was");
        foreach (BlockCompletion completion in ended.AsSpan(0, (int)result.Value.RequestsEnded))
        {
            Complete(completion);
        }

        return result.Value;
    }

    private void Complete(BlockCompletion completion)
    {
        Assert.Equal(Registered!.Value.Unit, completion.Unit);
        Assert.True(_pending.Remove(completion.Id, out DiskRequest? request), "a request ends that is not under way");
        Assert.True(completion.Result <= BlockResult.Refused, "an end that is none");
        if (completion.Result == BlockResult.Aborted)
        {
            Aborts++;
            _waiting.Enqueue(request);
            return;
        }

        request.Result = completion.Result;
        foreach (FakeDmaBuffer memory in request.Memory)
        {
            Memory.TakeBack(memory);
        }
    }
}
