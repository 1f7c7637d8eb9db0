using System;
using System.Buffers.Binary;
using NooksOS.Tests.Units.NetworkDrivers;

namespace NooksOS.Tests.Units.Rtl8139;

/// <summary>How the device goes through its rings of descriptors.</summary>
internal sealed class Rtl8139Rings(FakeMemory memory)
{
    private const int DescriptorBytes = 16;
    private const int SlotCount = 64;
    private const uint Own = 1u << 31;
    private const uint EndOfRing = 1u << 30;
    private const uint Whole = 3u << 28;
    private const uint ReceiveLengthMask = 0x1FFF;

    private uint _transmitIndex;

    /// <summary>The slot that the device fills next. Settable, to lead it astray.</summary>
    public uint ReceiveIndex { get; set; }

    public void Rewind()
    {
        ReceiveIndex = 0;
        _transmitIndex = 0;
    }

    public void Scramble(Random random)
    {
        ReceiveIndex = (uint)random.Next(SlotCount);
        _transmitIndex = (uint)random.Next(SlotCount);
    }

    /// <summary>Whether the rings and the receive buffers are memory of the present instance.</summary>
    public bool IsLive(ulong receive, ulong transmit)
    {
        bool isLive = receive % 256 == 0 && memory.IsLive(receive, SlotCount * DescriptorBytes)
            && transmit % 256 == 0 && memory.IsLive(transmit, SlotCount * DescriptorBytes);
        for (uint slot = 0; isLive && slot < SlotCount; slot++)
        {
            ReadOnlySpan<byte> descriptor = memory.Peek(receive + (slot * DescriptorBytes), DescriptorBytes);
            uint status = BinaryPrimitives.ReadUInt32LittleEndian(descriptor);
            isLive = memory.IsLive(BinaryPrimitives.ReadUInt64LittleEndian(descriptor[8..]), status & ReceiveLengthMask)
                && (slot == SlotCount - 1) == ((status & EndOfRing) != 0);
        }

        return isLive;
    }

    /// <summary>Takes a frame with its check sequence. False if there is no descriptor, null if there is no bus.</summary>
    public bool? Receive(ulong ring, byte[] frame)
    {
        ulong address = ring + (ReceiveIndex * DescriptorBytes);
        Span<byte> descriptor = stackalloc byte[DescriptorBytes];
        if (!memory.TryRead(address, descriptor))
        {
            return null;
        }

        uint status = BinaryPrimitives.ReadUInt32LittleEndian(descriptor);
        if ((status & Own) == 0 || frame.Length > (status & ReceiveLengthMask))
        {
            return false;
        }

        if (!memory.TryWrite(BinaryPrimitives.ReadUInt64LittleEndian(descriptor[8..]), frame))
        {
            return null;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(descriptor, (status & EndOfRing) | Whole | (uint)frame.Length);
        memory.TryWrite(address, descriptor);
        ReceiveIndex = Next(ReceiveIndex, status);
        return true;
    }

    /// <summary>Sends the next frame. False if there is none.</summary>
    public bool TryTransmit(ulong ring, out byte[]? frame, out string? complaint)
    {
        frame = null;
        complaint = null;
        ulong address = ring + (_transmitIndex * DescriptorBytes);
        Span<byte> descriptor = stackalloc byte[DescriptorBytes];
        if (!memory.TryRead(address, descriptor))
        {
            return false;
        }

        uint status = BinaryPrimitives.ReadUInt32LittleEndian(descriptor);
        if ((status & Own) == 0)
        {
            return false;
        }

        complaint = (status & Whole) == Whole ? null : "a descriptor is not a whole frame";
        byte[] content = new byte[status & 0xFFFF];
        frame = memory.TryRead(BinaryPrimitives.ReadUInt64LittleEndian(descriptor[8..]), content) ? content : null;
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor, status & ~Own);
        memory.TryWrite(address, descriptor);
        _transmitIndex = Next(_transmitIndex, status);
        return true;
    }

    private static uint Next(uint index, uint status) => (status & EndOfRing) != 0 ? 0 : (index + 1) % SlotCount;
}
