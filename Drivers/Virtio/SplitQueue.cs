using System;
using System.Runtime.InteropServices;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Virtio;

/// <summary>
/// A split virtqueue (virtio 1.2 §2.7): a table of descriptors, a ring by which the driver makes buffers available, and a ring by
/// which the device says that it has used them. Touches no register. What the device writes is checked: it can only ever return
/// a buffer that it has, and once it has written something impossible it is not listened to any more.
/// </summary>
public sealed class SplitQueue
{
    // Of the descriptor table, §2.7; what the rings need is less.
    private const uint AlignmentBytes = 16;

    // Flags and index in front of the entries of either ring, and an event index behind them, §2.7.6 and §2.7.8.
    private const int RingHeaderBytes = 4;
    private const int IndexField = 1;
    private const int FirstEntryField = 2;
    private const int EventIndexBytes = 2;

    // VIRTQ_USED_F_NO_NOTIFY: the device looks at the available ring without being told.
    private const ushort NoNotify = 1;

    private readonly DmaBuffer _memory;
    private readonly int _availableOffset;
    private readonly int _usedOffset;
    private readonly bool[] _isOffered;

    // Not modulo the size: both sides compare free-running indices.
    private ushort _nextAvailable;
    private ushort _published;
    private ushort _nextUsed;
    private uint _outstanding;

    /// <summary>Allocates a queue. Throws what <see cref="IDeviceResources.AllocateDmaBuffer"/> throws.</summary>
    /// <param name="device">The device.</param>
    /// <param name="index">Its number.</param>
    /// <param name="size">How many buffers it holds, a power of two.</param>
    public SplitQueue(IDeviceResources device, ushort index, ushort size)
    {
        Index = index;
        Size = size;
        _availableOffset = 16 * size;
        _usedOffset = AlignUp(_availableOffset + RingHeaderBytes + (sizeof(ushort) * size) + EventIndexBytes, sizeof(uint));
        _memory = device.AllocateDmaBuffer((uint)(_usedOffset + RingHeaderBytes + (8 * size) + EventIndexBytes), AlignmentBytes);
        _isOffered = new bool[size];
    }

    /// <summary>Its number.</summary>
    public ushort Index { get; }

    /// <summary>How many buffers it holds.</summary>
    public ushort Size { get; }

    /// <summary>Where the device is told of new buffers; set by the transport.</summary>
    public uint NotifyOffset { get; internal set; }

    /// <summary>Whether it was agreed that both sides say from which buffer on they want to be told; set by the transport.</summary>
    public bool HasEventIndex { get; internal set; }

    /// <summary>Buffers that the device has.</summary>
    public uint Outstanding => _outstanding;

    /// <summary>Where the device finds the descriptors.</summary>
    public ulong DescriptorsAddress => _memory.DeviceAddress;

    /// <summary>Where it finds the available ring.</summary>
    public ulong AvailableAddress => _memory.DeviceAddress + (uint)_availableOffset;

    /// <summary>Where it finds the used ring.</summary>
    public ulong UsedAddress => _memory.DeviceAddress + (uint)_usedOffset;

    /// <summary>Whether the device has written something that cannot be. Only a reset helps.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The descriptors, which the owner of the queue fills in.</summary>
    public Span<QueueDescriptor> Descriptors => _memory.As<QueueDescriptor>()[..Size];

    private Span<ushort> Available => MemoryMarshal.Cast<byte, ushort>(_memory.Bytes[_availableOffset.._usedOffset]);

    private Span<byte> Used => _memory.Bytes[_usedOffset..];

    private ushort Pending => (ushort)(Volatile.Read(ref MemoryMarshal.Cast<byte, ushort>(Used)[IndexField]) - _nextUsed);

    // used_event and avail_event, behind the entries of the two rings.
    private ref ushort InterruptEvent => ref Available[FirstEntryField + Size];

    private ushort NotificationEvent => MemoryMarshal.Cast<byte, ushort>(Used[(RingHeaderBytes + (8 * Size))..])[0];

    /// <summary>Forgets every buffer. The device must be at rest.</summary>
    public void Reset()
    {
        _memory.Bytes.Clear();
        Array.Clear(_isOffered);
        _nextAvailable = 0;
        _published = 0;
        _nextUsed = 0;
        _outstanding = 0;
        IsBroken = false;
    }

    /// <summary>Puts a buffer into the available ring; the device sees it with <see cref="TryPublish"/>. It must not have it.</summary>
    /// <param name="head">The buffer's first descriptor, which is filled in.</param>
    public void Offer(ushort head)
    {
        // The flags of the ring stay zero: without an event index every used buffer is worth an interrupt.
        Available[FirstEntryField + (_nextAvailable & (Size - 1))] = head;
        _isOffered[head] = true;
        _nextAvailable++;
        _outstanding++;
    }

    /// <summary>Lets the device see what was offered. Returns whether it must be told of it (§2.7.13).</summary>
    public bool TryPublish()
    {
        if (_published == _nextAvailable)
        {
            return false;
        }

        ushort before = _published;
        _published = _nextAvailable;

        // The descriptors and the ring must be visible before the index that speaks of them.
        Volatile.Write(ref Available[IndexField], _nextAvailable);

        // And the index before it is read what the device wants to be told: a device that is about to sleep looks at the index
        // after it has said so.
        Interlocked.MemoryBarrier();
        return HasEventIndex
            ? (ushort)(_published - NotificationEvent - 1) < (ushort)(_published - before)
            : (MemoryMarshal.Cast<byte, ushort>(Used)[0] & NoNotify) == 0;
    }

    /// <summary>
    /// Asks for an interrupt when the device has used so many buffers from now on, as far as it lets itself be asked. What it has
    /// used already brings none: whoever asks looks again, unless it is of buffers that are not published yet.
    /// </summary>
    public void RequestInterrupt(uint afterBuffers)
    {
        Volatile.Write(ref InterruptEvent, (ushort)(_nextUsed + afterBuffers - 1));

        // Before whoever asks looks again at the index, or the device sees new buffers.
        Interlocked.MemoryBarrier();
    }

    /// <summary>Looks at the next buffer that the device has used. It stays where it is until <see cref="Take"/>.</summary>
    /// <param name="head">Its first descriptor: of a buffer that was offered.</param>
    /// <param name="lengthBytes">How many bytes the device says that it wrote; not checked.</param>
    public bool TryPeek(out ushort head, out uint lengthBytes)
    {
        head = 0;
        lengthBytes = 0;

        // The elements and the buffers are valid only if they are read after the index.
        ushort pending = Pending;
        if (pending == 0 || IsBroken)
        {
            return false;
        }

        // Read once, because the device can change it at any time.
        UsedElement element = MemoryMarshal.Cast<byte, UsedElement>(Used[RingHeaderBytes..])[_nextUsed & (Size - 1)];
        if (pending > _outstanding || element.Id >= Size || !_isOffered[element.Id])
        {
            IsBroken = true;
            return false;
        }

        head = (ushort)element.Id;
        lengthBytes = element.Length;
        return true;
    }

    /// <summary>Takes back the buffer that <see cref="TryPeek"/> has shown.</summary>
    public void Take(ushort head)
    {
        _isOffered[head] = false;
        _nextUsed++;
        _outstanding--;
    }

    private static int AlignUp(int value, int alignment) => (value + alignment - 1) & -alignment;
}
