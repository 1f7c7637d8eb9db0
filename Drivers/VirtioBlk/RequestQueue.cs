using System;
using System.Runtime.InteropServices;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Drivers.Virtio;

namespace NooksOS.Drivers.VirtioBlk;

/// <summary>
/// The queue for requests (virtio 1.2 §5.2.2) and their memory. Each slot has a header, a byte for the answer, and the
/// descriptors of the longest request: in a table of its own, so that the request takes one place in the ring; or, if the device
/// does not know of such tables, in a part of the ring that is always its own. Knows nothing of what the requests are for.
/// </summary>
internal sealed class RequestQueue
{
    /// <summary>The most slots.</summary>
    public const int MaximumSlots = 64;

    /// <summary>How long the device's serial number is, with zeros behind it.</summary>
    public const int IdentityBytes = BlockLimits.SerialBytes;

    // As many places as the slots without tables of their own would fill, and what QEMU's devices have.
    private const uint MaximumSize = 256;

    // In front of the segments the header, and behind them the answer.
    private const int ExtraDescriptors = 2;

    private const int DescriptorBytes = 16;
    private const int HeaderBytes = 16;
    private const int AnswerOffset = HeaderBytes;
    private const int IdentityOffset = AnswerOffset + 4;
    private const int PreambleBytes = 64;

    private readonly DmaBuffer _memory;
    private readonly int _slotBytes;
    private readonly int _chain;
    private readonly bool _hasTables;

    private RequestQueue(IDeviceResources device, SplitQueue queue, uint segments, uint slots, bool hasTables)
    {
        Queue = queue;
        MaximumSegments = segments;
        Slots = (int)slots;
        _hasTables = hasTables;
        _chain = (int)segments + ExtraDescriptors;
        _slotBytes = PreambleBytes + (hasTables ? _chain * DescriptorBytes : 0);
        _memory = device.AllocateDmaBuffer((uint)(_slotBytes * Slots), DescriptorBytes);
    }

    /// <summary>The queue.</summary>
    public SplitQueue Queue { get; }

    /// <summary>How many requests there may be at once.</summary>
    public int Slots { get; }

    /// <summary>How many segments each may have.</summary>
    public uint MaximumSegments { get; }

    /// <summary>
    /// Makes the queue of a device that was just reset. Null if the device has none that is long enough for any request; throws
    /// what <see cref="IDeviceResources.AllocateDmaBuffer"/> throws.
    /// </summary>
    public static RequestQueue? TryMake(VirtioTransport transport, IDeviceResources device, uint maximumSegments)
    {
        uint size = QueueSizes.Choose(transport.ReadQueueSize(0), MaximumSize);

        // §2.7.5.3.1: not even with a table of its own may a request have more descriptors than the queue has places.
        uint segments = uint.Min(maximumSegments, BlockLimits.SegmentsPerRequest);
        segments = size <= ExtraDescriptors ? 0 : uint.Min(segments, size - ExtraDescriptors);
        if (segments == 0)
        {
            return null;
        }

        bool hasTables = transport.Has(VirtioFeatures.IndirectDescriptors);
        uint slots = hasTables ? size : size / (segments + ExtraDescriptors);
        SplitQueue queue = new(device, index: 0, (ushort)size);
        return new RequestQueue(device, queue, segments, uint.Min(slots, MaximumSlots), hasTables);
    }

    /// <summary>Forgets every request. The device must be at rest.</summary>
    public void Reset()
    {
        Queue.Reset();
        _memory.Bytes.Clear();
    }

    /// <summary>Fills a slot that the device does not have, and offers it: it is seen when the queue is published.</summary>
    public void Add(int slot, RequestType type, ulong sector, ReadOnlySpan<BlockSegment> segments)
    {
        Span<byte> memory = MemoryOf(slot);
        MemoryMarshal.Cast<byte, RequestHeader>(memory)[0] = new RequestHeader { Type = type, Sector = sector };
        memory[AnswerOffset] = (byte)RequestStatus.None;

        int first = _hasTables ? 0 : slot * _chain;
        Span<QueueDescriptor> descriptors = _hasTables
            ? MemoryMarshal.Cast<byte, QueueDescriptor>(memory[PreambleBytes..])
            : Queue.Descriptors;
        DescriptorFlags direction = type == RequestType.Write ? DescriptorFlags.None : DescriptorFlags.Write;
        int index = first;
        descriptors[index] = Link(AddressOf(slot), HeaderBytes, DescriptorFlags.None, ++index);
        foreach (ref readonly BlockSegment segment in segments)
        {
            descriptors[index] = Link(segment.DeviceAddress, segment.LengthBytes, direction, ++index);
        }

        descriptors[index++] = new QueueDescriptor
        {
            Address = AddressOf(slot) + AnswerOffset,
            Length = 1,
            Flags = DescriptorFlags.Write,
        };

        if (_hasTables)
        {
            Queue.Descriptors[slot] = new QueueDescriptor
            {
                Address = AddressOf(slot) + PreambleBytes,
                Length = (uint)(index * DescriptorBytes),
                Flags = DescriptorFlags.Indirect,
            };
        }

        Queue.Offer((ushort)(_hasTables ? slot : first));
    }

    /// <summary>Takes back a slot that the device is done with, if there is one.</summary>
    public bool TryTake(out int slot, out RequestStatus answer)
    {
        slot = 0;
        answer = RequestStatus.None;
        if (!Queue.TryPeek(out ushort head, out _))
        {
            return false;
        }

        // It is the head of something that was offered, so that it names a slot.
        Queue.Take(head);
        slot = _hasTables ? head : head / _chain;
        answer = (RequestStatus)Volatile.Read(ref MemoryOf(slot)[AnswerOffset]);
        return true;
    }

    /// <summary>Where the device puts its serial number when it is asked by a request in this slot.</summary>
    public BlockSegment IdentitySegmentOf(int slot)
        => new() { DeviceAddress = AddressOf(slot) + IdentityOffset, LengthBytes = IdentityBytes };

    /// <summary>What it has put there.</summary>
    public ReadOnlySpan<byte> IdentityOf(int slot) => MemoryOf(slot).Slice(IdentityOffset, IdentityBytes);

    private static QueueDescriptor Link(ulong address, uint lengthBytes, DescriptorFlags direction, int next) => new()
    {
        Address = address,
        Length = lengthBytes,
        Flags = direction | DescriptorFlags.Next,
        Next = (ushort)next,
    };

    private Span<byte> MemoryOf(int slot) => _memory.Bytes.Slice(slot * _slotBytes, _slotBytes);

    private ulong AddressOf(int slot) => _memory.DeviceAddress + (ulong)(slot * _slotBytes);
}
