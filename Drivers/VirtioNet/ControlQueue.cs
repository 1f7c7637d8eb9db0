using System;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Drivers.Virtio;

namespace NooksOS.Drivers.VirtioNet;

/// <summary>
/// The control queue (virtio 1.2 §5.1.6.5): one command at a time, for whose answer nobody waits. It comes with an interrupt.
/// </summary>
internal sealed class ControlQueue(IDeviceResources device, SplitQueue queue)
{
    /// <summary>The most that a command may carry: two lists of addresses, of which one is empty.</summary>
    public const int MaximumDataBytes = (2 * sizeof(uint)) + (ReceiveFilter.MaximumGroups * MacAddress.Length);

    private const int HeaderBytes = 2;
    private const int AnswerOffset = 1024;
    private const uint MemoryBytes = AnswerOffset + 1;
    private const uint AlignmentBytes = 16;

    // VIRTIO_NET_OK; anything else is a refusal, and so is what stands there before the device has answered.
    private const byte Accepted = 0;
    private const byte Unanswered = byte.MaxValue;

    private readonly DmaBuffer _memory = device.AllocateDmaBuffer(MemoryBytes, AlignmentBytes);

    /// <summary>The queue.</summary>
    public SplitQueue Queue => queue;

    /// <summary>Whether the device has a command and has not answered it.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Where the data of the next command go. It must not be busy.</summary>
    public Span<byte> Data => _memory.Bytes.Slice(HeaderBytes, MaximumDataBytes);

    /// <summary>Forgets a command. The device must be at rest.</summary>
    public void Reset()
    {
        queue.Reset();
        IsBusy = false;
    }

    /// <summary>Makes a command of what is in <see cref="Data"/>; the device sees it when the queue is published.</summary>
    public void Add(ControlCommand command, int dataBytes)
    {
        _memory.Bytes[0] = (byte)command;
        _memory.Bytes[1] = (byte)((ushort)command >> 8);
        _memory.Bytes[AnswerOffset] = Unanswered;
        queue.Descriptors[0] = new QueueDescriptor
        {
            Address = _memory.DeviceAddress,
            Length = (uint)(HeaderBytes + dataBytes),
            Flags = DescriptorFlags.Next,
            Next = 1,
        };
        queue.Descriptors[1] = new QueueDescriptor
        {
            Address = _memory.DeviceAddress + AnswerOffset,
            Length = 1,
            Flags = DescriptorFlags.Write,
        };
        queue.Offer(0);
        queue.RequestInterrupt(afterBuffers: 1);
        IsBusy = true;
    }

    /// <summary>Takes the answer, if there is one.</summary>
    public bool TryTakeAnswer(out bool wasAccepted)
    {
        wasAccepted = false;
        if (!IsBusy || !queue.TryPeek(out ushort head, out _))
        {
            return false;
        }

        queue.Take(head);
        IsBusy = false;
        wasAccepted = Volatile.Read(ref _memory.Bytes[AnswerOffset]) == Accepted;
        return true;
    }
}
