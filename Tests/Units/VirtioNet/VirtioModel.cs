using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.Virtio;
using NooksOS.Drivers.VirtioNet;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using NooksOS.Tests.Units.Virtio;

namespace NooksOS.Tests.Units.VirtioNet;

/// <summary>
/// The device as seen through its registers and its queues. As QEMU's, it is reset at once and done with frames in order. By the
/// standard it takes its time to reset, has several pairs of queues, knows no event index, and is done with the newest frame
/// first.
/// </summary>
internal sealed class VirtioModel : SimulatedDevice
{
    public const VirtioFeatures EveryFeature = (VirtioFeatures)(ulong.MaxValue >> 8) | NetworkFeatures.SpeedAndDuplex;

    private const int ReadsOfAReset = 5;

    private readonly bool _isByTheStandard;
    private readonly MacAddress _address;
    private readonly Queue<byte[]> _waiting = new();

    public VirtioModel(DeviceBehavior behavior, FakeMemory memory, FakeClock clock, MacAddress address)
        : base(memory, clock)
    {
        _isByTheStandard = behavior == DeviceBehavior.ByTheManual;
        _address = address;
        Common = new ModelCommon(memory, Complain) { Offered = EveryFeature, OnReset = Reset, OnStatus = Start };
        Filter = new ModelFilter(address);
        Common.Offered &= _isByTheStandard ? ~VirtioFeatures.EventIndex : EveryFeature;
        Pairs = _isByTheStandard ? (ushort)4 : (ushort)1;
        Reset();
    }

    public override PciIdentity Identity => new(0x1AF4, 0x1000);

    public override uint RegisterBar => ConfigurationSpace.Bar;

    public override uint WindowBytes { get; set; } = 0x4000;

    public ConfigurationSpace Configuration { get; } = new();

    public ModelCommon Common { get; }

    /// <summary>max_virtqueue_pairs.</summary>
    public ushort Pairs { get; set; }

    public ushort QueueSize { get; set; } = ModelQueue.LargestSize;

    public bool IsLinkUp { get; set; } = true;

    /// <summary>Whether commands are only noted, until <see cref="AnswerCommands"/>.</summary>
    public bool AnswersLater { get; set; }

    public bool NeedsNoNotification { get; set; }

    public int Notifications { get; private set; }

    public int Commands { get; private set; }

    public ModelFilter Filter { get; private set; }

    public IReadOnlyList<ModelQueue> Queues => Common.Queues;

    public override bool IsLineAsserted => Common.Interrupt != VirtioInterrupt.None;

    public override bool IsReadyForTheBus => Common.IsReadyForTheBus;

    // QEMU has as many queues as it needs, and so the control queue right behind the pairs.
    private int ControlIndex => 2 * ((Common.Accepted & NetworkFeatures.MultipleQueues) != 0 ? Pairs : 1);

    public override uint ReadConfiguration(uint offsetBytes, uint widthBytes) => Configuration.Read(offsetBytes, widthBytes);

    public override void Arrive(byte[] frame)
    {
        _waiting.Enqueue(frame);
        Flush();
    }

    public override void Flush()
    {
        while (_waiting.Count != 0 && Common.IsWorking && (!Filter.Accepts(_waiting.Peek()) || TryReceive(_waiting.Peek())))
        {
            _waiting.Dequeue();
        }
    }

    public override void SetLink(bool isUp)
    {
        IsLinkUp = isUp;
        Common.Generation++;
        Common.Raise(VirtioInterrupt.Configuration);
    }

    public override void RaiseAnything(Random random)
    {
        Common.Interrupt |= (VirtioInterrupt)random.Next(256);
        if (random.Next(20) == 0)
        {
            Common.GiveUp();
        }
    }

    public override void Scramble(Random random) => Common.Scramble(random);

    /// <summary>The rings and the commands; the buffers of frames may hold anything anyhow.</summary>
    public override void ScribbleOverMemory(Random random)
    {
        int[] rings = [0, 2, 4, 5];
        Span<byte> bytes = Memory.Live[rings[random.Next(rings.Length)]].Bytes;
        for (int count = random.Next(1, 8); count > 0; count--)
        {
            int offset = random.Next(bytes.Length);
            random.NextBytes(bytes.Slice(offset, Math.Min(random.Next(1, 9), bytes.Length - offset)));
        }
    }

    public override void TransmitPending() => TransmitSome(ModelQueue.LargestSize);

    /// <summary>Sends no more frames than told.</summary>
    public void TransmitSome(int frames)
    {
        List<ushort> done = [];
        while (Common.IsWorking && done.Count < frames && Queues[1].TryTake(out ushort head))
        {
            List<QueueDescriptor> chain = Queues[1].ReadChain(head);
            byte[] bytes = Gather(chain);
            Complain(bytes.Length < NetworkHeader.Bytes || bytes.Take(NetworkHeader.Bytes).Any(value => value != 0), "a header that asks for something");
            Sent.Add(bytes.Length < NetworkHeader.Bytes ? bytes : bytes[NetworkHeader.Bytes..]);
            done.Add(head);
        }

        if (_isByTheStandard)
        {
            done.Reverse();
        }

        Common.Raise(done.Count(head => Queues[1].Use(head, 0)) != 0 ? VirtioInterrupt.Queue : VirtioInterrupt.None);
    }

    public void AnswerCommands()
    {
        while (Common.IsWorking && Queues[ControlIndex].TryTake(out ushort head))
        {
            List<QueueDescriptor> chain = Queues[ControlIndex].ReadChain(head);
            byte[] request = Gather(chain);
            Commands++;
            if (chain.Count != 0 && (chain[^1].Flags & DescriptorFlags.Write) != 0)
            {
                Memory.TryWrite(chain[^1].Address, [Filter.TryObey(request) ? (byte)0 : (byte)1]);
            }

            Common.Raise(Queues[ControlIndex].Use(head, 1) ? VirtioInterrupt.Queue : VirtioInterrupt.None);
        }
    }

    protected override uint ReadTruly(uint offsetBytes, uint widthBytes) => (offsetBytes & ~0xFFFu) switch
    {
        ConfigurationSpace.CommonOffset => Common.Read((CommonRegister)offsetBytes),
        ConfigurationSpace.InterruptOffset => Common.TakeInterrupt(),
        ConfigurationSpace.DeviceOffset => ReadDevice(offsetBytes & 0xFFF),
        _ => 0,
    };

    protected override void WriteTruly(uint offsetBytes, uint widthBytes, uint value)
    {
        if (offsetBytes >= ConfigurationSpace.NotifyOffset)
        {
            Notify(Common.TakeNotification(offsetBytes, widthBytes, value));
        }
        else
        {
            Common.Write((CommonRegister)offsetBytes, value);
        }
    }

    private uint ReadDevice(uint offset) => (NetworkConfiguration)offset switch
    {
        < NetworkConfiguration.Status => (byte)(_address.Bits >> (int)(8 * offset)),
        NetworkConfiguration.Status => IsLinkUp ? 1u : 0u,
        NetworkConfiguration.MaximumQueuePairs => Pairs,
        NetworkConfiguration.Speed => 10_000,
        NetworkConfiguration.Duplex => 1,
        _ => 0,
    };

    private void Start()
    {
        if (!Common.IsWorking)
        {
            return;
        }

        foreach (ModelQueue queue in Queues.Where(queue => queue.IsEnabled))
        {
            queue.NeedsNoNotification = NeedsNoNotification;
        }

        Flush();
    }

    private void Reset()
    {
        Filter = new ModelFilter(_address) { MaximumGroups = Filter.MaximumGroups };
        Common.Reset((2 * Pairs) + 1, QueueSize, _isByTheStandard ? ReadsOfAReset : 0);
    }

    private void Notify(uint queue)
    {
        Notifications++;
        if (queue == ControlIndex && !AnswersLater)
        {
            AnswerCommands();
        }
        else if (queue == 0)
        {
            Flush();
        }
        else if (queue == 1 && !TransmitsLater)
        {
            TransmitPending();
        }
    }

    private bool TryReceive(byte[] frame)
    {
        if (!Queues[0].TryTake(out ushort head))
        {
            return false;
        }

        List<QueueDescriptor> chain = Queues[0].ReadChain(head);
        byte[] bytes = [.. new byte[NetworkHeader.Bytes - 2], 1, 0, .. frame];
        bool fits = chain.Count == 1 && chain[0].Length >= bytes.Length && (chain[0].Flags & DescriptorFlags.Write) != 0;
        Complain(!fits && ReadFilter is null, "a buffer that holds no frame");
        if (fits)
        {
            Memory.TryWrite(chain[0].Address, bytes);
        }

        Common.Raise(Queues[0].Use(head, (uint)bytes.Length) ? VirtioInterrupt.Queue : VirtioInterrupt.None);
        return true;
    }

    private byte[] Gather(List<QueueDescriptor> chain)
    {
        List<byte> bytes = [];
        foreach (QueueDescriptor descriptor in chain.Where(part => (part.Flags & DescriptorFlags.Write) == 0))
        {
            byte[] part = new byte[Math.Min(descriptor.Length, 4096)];
            Memory.TryRead(descriptor.Address, part);
            bytes.AddRange(part);
        }

        return [.. bytes];
    }
}
