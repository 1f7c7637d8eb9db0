using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NooksOS.Contracts;
using NooksOS.Drivers.Virtio;
using NooksOS.Drivers.VirtioBlk;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using NooksOS.Tests.Units.StorageDrivers;
using NooksOS.Tests.Units.Virtio;

namespace NooksOS.Tests.Units.VirtioBlk;

/// <summary>
/// The device as seen through its registers and its queue. As QEMU's, it knows tables of descriptors and is reset at once. By the
/// standard it knows neither tables nor an event index, takes its time to reset, and takes few segments.
/// </summary>
internal sealed class VirtioDiskModel : SimulatedDiskController
{
    public const VirtioFeatures EveryFeature = (VirtioFeatures)(ulong.MaxValue >> 8) & ~DiskFeatures.ReadOnly;

    private const int ReadsOfAReset = 5;
    private const int HeaderBytes = 16;

    private readonly bool _isByTheStandard;
    private readonly List<ushort> _taken = [];

    public VirtioDiskModel(DeviceBehavior behavior, FakeMemory memory, FakeClock clock)
        : base(memory, clock)
    {
        _isByTheStandard = behavior == DeviceBehavior.ByTheManual;
        MaximumSegments = _isByTheStandard ? 4u : 126u;
        Common = new ModelCommon(memory, Complain)
        {
            Offered = _isByTheStandard ? EveryFeature & ~(VirtioFeatures.IndirectDescriptors | VirtioFeatures.EventIndex) : EveryFeature,
            OnReset = Reset,
        };
        Reset();
    }

    public override PciIdentity Identity => new(0x1AF4, 0x1001);

    public override uint RegisterBar => ConfigurationSpace.Bar;

    public override uint WindowBytes { get; set; } = 0x4000;

    public ConfigurationSpace Configuration { get; } = new();

    public ModelCommon Common { get; }

    public ushort QueueSize { get; set; } = ModelQueue.LargestSize;

    /// <summary>seg_max, size_max, blk_size and writeback.</summary>
    public uint MaximumSegments { get; set; }

    public uint MaximumSegmentBytes { get; set; } = 65536;

    public uint SectorBytes { get; set; } = SimulatedMedium.SectorBytes;

    public byte WriteBack { get; set; } = 1;

    public override bool IsLineAsserted => Common.Interrupt != VirtioInterrupt.None;

    public override bool IsReadyForTheBus => Common.IsReadyForTheBus;

    private ModelQueue Queue => Common.Queues[0];

    public override uint ReadConfiguration(uint offsetBytes, uint widthBytes) => Configuration.Read(offsetBytes, widthBytes);

    public override void AnswerPending(Random? random = null)
    {
        Take();
        bool isWanted = false;
        while (Common.IsWorking && _taken.Count != 0)
        {
            int index = random?.Next(_taken.Count) ?? 0;
            ushort head = _taken[index];
            _taken.RemoveAt(index);
            isWanted |= Queue.Use(head, Carry(Queue.ReadChain(head)));
            Take();
        }

        Common.Raise(isWanted ? VirtioInterrupt.Queue : VirtioInterrupt.None);
    }

    public override void RaiseAnything(Random random)
    {
        Common.Interrupt |= (VirtioInterrupt)random.Next(256);
        if (random.Next(40) == 0)
        {
            Common.GiveUp();
        }
    }

    public override void Scramble(Random random) => Common.Scramble(random);

    protected override uint ReadTruly(uint offsetBytes, uint widthBytes) => (offsetBytes & ~0xFFFu) switch
    {
        ConfigurationSpace.CommonOffset => Common.Read((CommonRegister)offsetBytes),
        ConfigurationSpace.InterruptOffset => Common.TakeInterrupt(),
        ConfigurationSpace.DeviceOffset => (DiskConfiguration)(offsetBytes & 0xFFF) switch
        {
            DiskConfiguration.Capacity => SimulatedMedium.SectorCount,
            DiskConfiguration.MaximumSegmentBytes => MaximumSegmentBytes,
            DiskConfiguration.MaximumSegments => MaximumSegments,
            DiskConfiguration.SectorBytes => SectorBytes,
            DiskConfiguration.WriteBack => WriteBack,
            _ => 0,
        },
        _ => 0,
    };

    protected override void WriteTruly(uint offsetBytes, uint widthBytes, uint value)
    {
        if (offsetBytes < ConfigurationSpace.NotifyOffset)
        {
            Common.Write((CommonRegister)offsetBytes, value);
            return;
        }

        Complain(Common.TakeNotification(offsetBytes, widthBytes, value) != 0, "a notification to a queue that is none");
        Take();
        if (!AnswersLater)
        {
            AnswerPending();
        }
    }

    private void Take()
    {
        while (Common.IsWorking && Queue.TryTake(out ushort head))
        {
            Complain(_taken.Contains(head), "a buffer that is offered twice");
            _taken.Add(head);
            MostAtOnce = Math.Max(MostAtOnce, _taken.Count);
        }
    }

    /// <summary>Carries a request out. Returns how much it wrote.</summary>
    private uint Carry(List<QueueDescriptor> chain)
    {
        bool isSound = chain.Count >= 2 && chain[0].Length == HeaderBytes && chain[0].Flags == DescriptorFlags.Next
            && chain[^1] is { Length: 1, Flags: DescriptorFlags.Write } && chain.Count - 2 <= MaximumSegments;
        Complain(!isSound, "a request of another form");
        byte[] header = new byte[HeaderBytes];
        if (!isSound || !Memory.TryRead(chain[0].Address, header))
        {
            return 0;
        }

        RequestType type = (RequestType)BitConverter.ToUInt32(header);
        ulong sector = BitConverter.ToUInt64(header, 8);
        List<QueueDescriptor> data = chain[1..^1];
        Complain(data.Exists(part => (part.Flags & DescriptorFlags.Write) != 0 == (type == RequestType.Write)), "data in the wrong direction");
        Memory.TryWrite(chain[^1].Address, [(byte)Carry(type, sector, data)]);
        return 1 + (type == RequestType.Write ? 0 : (uint)data.Sum(static part => part.Length));
    }

    private RequestStatus Carry(RequestType type, ulong sector, List<QueueDescriptor> data)
    {
        uint count = (uint)data.Sum(static part => part.Length) / SimulatedMedium.SectorBytes;
        switch (type)
        {
            case RequestType.Flush:
                Complain((Common.Accepted & DiskFeatures.Flush) == 0 || data.Count != 0 || sector != 0, "a flush that is none");
                Medium.Flushes++;
                return RequestStatus.Done;
            case RequestType.Identify:
                byte[] serial = new byte[BlockLimits.SerialBytes];
                Encoding.ASCII.GetBytes(SerialNumber, serial);
                return Memory.TryWrite(data[0].Address, serial) ? RequestStatus.Done : RequestStatus.Error;
            case RequestType.Read or RequestType.Write when Medium.CanReach(sector, count):
                ulong next = sector;
                foreach (QueueDescriptor part in data)
                {
                    Span<byte> bytes = Medium.Get(next, part.Length / SimulatedMedium.SectorBytes);
                    bool isReached = type == RequestType.Read ? Memory.TryWrite(part.Address, bytes) : Memory.TryRead(part.Address, bytes);
                    Complain(!isReached && ReadFilter is null, "memory that is nobody's");
                    next += part.Length / SimulatedMedium.SectorBytes;
                }

                return RequestStatus.Done;
            default:
                return type is RequestType.Read or RequestType.Write ? RequestStatus.Error : RequestStatus.Unsupported;
        }
    }

    private void Reset()
    {
        _taken.Clear();
        Common.Reset(1, QueueSize, _isByTheStandard ? ReadsOfAReset : 0);
    }
}
