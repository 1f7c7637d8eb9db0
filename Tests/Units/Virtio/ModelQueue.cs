using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using NooksOS.Drivers.Virtio;
using NooksOS.Tests.Units.NetworkDrivers;

namespace NooksOS.Tests.Units.Virtio;

/// <summary>A queue as the device sees it: in memory that it can reach only while it is on the bus.</summary>
internal sealed class ModelQueue(FakeMemory memory)
{
    public const ushort LargestSize = 256;

    private const int DescriptorBytes = 16;

    private ushort _nextAvailable;
    private ushort _nextUsed;

    public ushort Size { get; set; } = LargestSize;

    public bool IsEnabled { get; set; }

    /// <summary>Whether both sides say from which buffer on they want to be told.</summary>
    public bool HasEventIndex { get; set; }

    /// <summary>Descriptors, available ring and used ring.</summary>
    public ulong[] Addresses { get; } = new ulong[3];

    /// <summary>Whether all of it is memory of the present instance.</summary>
    public bool IsLive => memory.IsLive(Addresses[0], 16u * Size)
        && memory.IsLive(Addresses[1], 6u + (2u * Size))
        && memory.IsLive(Addresses[2], 6u + (8u * Size));

    /// <summary>Whether the device says that it looks by itself.</summary>
    public bool NeedsNoNotification
    {
        set => memory.TryWrite(Addresses[2], [value ? (byte)1 : (byte)0, 0]);
    }

    public void Scramble(Random random)
    {
        IsEnabled = random.Next(2) == 0;
        Size = (ushort)(1 << random.Next(9));
        for (int index = 0; index < Addresses.Length; index++)
        {
            Addresses[index] = (ulong)random.NextInt64();
        }
    }

    /// <summary>Takes the next buffer that was made available.</summary>
    public bool TryTake(out ushort head)
    {
        head = 0;
        Span<byte> field = stackalloc byte[2];
        if (!IsEnabled || !memory.TryRead(Addresses[1] + 2, field))
        {
            return false;
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(field) == _nextAvailable)
        {
            AskForNotification();
            return false;
        }

        if (!memory.TryRead(Addresses[1] + 4 + (2u * (uint)(_nextAvailable % Size)), field))
        {
            return false;
        }

        _nextAvailable++;
        head = BinaryPrimitives.ReadUInt16LittleEndian(field);
        return true;
    }

    /// <summary>The descriptors of a buffer; those of its table, if it has one of its own.</summary>
    public List<QueueDescriptor> ReadChain(ushort head)
    {
        List<QueueDescriptor> chain = ReadChain(Addresses[0], Size, head);
        return chain is [{ Flags: DescriptorFlags.Indirect } table]
            ? ReadChain(table.Address, (int)Math.Min(table.Length / DescriptorBytes, LargestSize), 0)
            : chain;
    }

    /// <summary>Gives a buffer back. Returns whether the driver wants an interrupt for it.</summary>
    public bool Use(ushort head, uint lengthBytes)
    {
        byte[] element = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(element, head);
        BinaryPrimitives.WriteUInt32LittleEndian(element.AsSpan(4), lengthBytes);
        memory.TryWrite(Addresses[2] + 4 + (8u * (uint)(_nextUsed % Size)), element);
        _nextUsed++;
        byte[] index = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(index, _nextUsed);
        memory.TryWrite(Addresses[2] + 2, index);
        memory.TryRead(Addresses[1] + 4 + (2u * Size), index);
        return !HasEventIndex || BinaryPrimitives.ReadUInt16LittleEndian(index) == (ushort)(_nextUsed - 1);
    }

    private List<QueueDescriptor> ReadChain(ulong table, int count, ushort head)
    {
        List<QueueDescriptor> chain = [];
        byte[] bytes = new byte[DescriptorBytes];
        ushort index = head;
        while (chain.Count < count && index < count && memory.TryRead(table + (DescriptorBytes * (uint)index), bytes))
        {
            QueueDescriptor descriptor = new()
            {
                Address = BinaryPrimitives.ReadUInt64LittleEndian(bytes),
                Length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)),
                Flags = (DescriptorFlags)BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(12)),
                Next = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(14)),
            };
            chain.Add(descriptor);
            if ((descriptor.Flags & DescriptorFlags.Next) == 0)
            {
                break;
            }

            index = descriptor.Next;
        }

        return chain;
    }

    private void AskForNotification()
    {
        if (HasEventIndex)
        {
            byte[] index = new byte[2];
            BinaryPrimitives.WriteUInt16LittleEndian(index, _nextAvailable);
            memory.TryWrite(Addresses[2] + 4 + (8u * Size), index);
        }
    }
}
