using System;
using System.Buffers.Binary;
using NooksOS.Drivers.Pcnet32;
using NooksOS.Tests.Units.NetworkDrivers;

namespace NooksOS.Tests.Units.Pcnet32;

/// <summary>What the device knows of memory: the initialization block and the rings.</summary>
internal sealed class Pcnet32Rings(FakeMemory memory)
{
    private const int BlockBytes = 28;
    private const int DescriptorBytes = 16;
    private const uint Own = 1u << 31;
    private const uint Error = 1u << 30;
    private const uint Whole = 3u << 24;

    private uint _receive;
    private uint _transmit;
    private uint _receiveSlots = 1;
    private uint _transmitSlots = 1;
    private uint _receiveIndex;
    private uint _transmitIndex;

    /// <summary>The slot that the device fills next. Settable, to lead it astray.</summary>
    public uint ReceiveIndex
    {
        get => _receiveIndex;
        set => _receiveIndex = value;
    }

    public void Forget() => (_receive, _transmit) = (0, 0);

    public void Scramble(Random random)
    {
        _receive = (uint)random.Next();
        _transmit = (uint)random.Next();
    }

    /// <summary>Whether the block and everything that it names is memory of the present instance.</summary>
    public bool IsLiveBlock(uint address)
    {
        if (address % 4 != 0 || !memory.IsLive(address, BlockBytes))
        {
            return false;
        }

        ReadOnlySpan<byte> block = memory.Peek(address, BlockBytes);
        uint receive = BinaryPrimitives.ReadUInt32LittleEndian(block[20..]);
        uint transmit = BinaryPrimitives.ReadUInt32LittleEndian(block[24..]);
        uint receiveSlots = 1u << (block[2] >> 4);
        bool isLive = receive % DescriptorBytes == 0 && memory.IsLive(receive, receiveSlots * DescriptorBytes)
            && transmit % DescriptorBytes == 0 && memory.IsLive(transmit, (1u << (block[3] >> 4)) * DescriptorBytes);
        for (uint slot = 0; isLive && slot < receiveSlots; slot++)
        {
            ReadOnlySpan<byte> descriptor = memory.Peek(receive + (slot * DescriptorBytes), DescriptorBytes);
            isLive = memory.IsLive(BinaryPrimitives.ReadUInt32LittleEndian(descriptor), LengthOf(descriptor));
        }

        return isLive;
    }

    /// <summary>Reads the block. Gives what belongs into CSR15 and, after it, into CSR8 to CSR14.</summary>
    public bool TryReadBlock(uint address, out ReadOnlySpan<ushort> registers)
    {
        byte[] block = new byte[BlockBytes];
        registers = default;
        if (!memory.TryRead(address, block))
        {
            return false;
        }

        ushort Word(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(block.AsSpan(offset));
        registers = new[] { Word(0), Word(12), Word(14), Word(16), Word(18), Word(4), Word(6), Word(8) };
        _receiveSlots = 1u << (block[2] >> 4);
        _transmitSlots = 1u << (block[3] >> 4);
        _receive = BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(20));
        _transmit = BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(24));
        _receiveIndex = 0;
        _transmitIndex = 0;
        return true;
    }

    /// <summary>Takes a frame with its check sequence. False if there is no descriptor, null if there is no bus.</summary>
    public bool? Receive(byte[] frame)
    {
        uint address = _receive + (_receiveIndex * DescriptorBytes);
        Span<byte> descriptor = stackalloc byte[DescriptorBytes];
        if (!memory.TryRead(address, descriptor))
        {
            return null;
        }

        uint status = BinaryPrimitives.ReadUInt32LittleEndian(descriptor[4..]);
        if ((status & Own) == 0)
        {
            return false;
        }

        bool fits = frame.Length <= LengthOf(descriptor);
        if (!memory.TryWrite(BinaryPrimitives.ReadUInt32LittleEndian(descriptor), frame.AsSpan(0, fits ? frame.Length : 0)))
        {
            return null;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(descriptor[4..], (status & 0xFFFF) | Whole | (fits ? 0 : Error));
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor[8..], (uint)frame.Length);
        memory.TryWrite(address, descriptor);
        _receiveIndex = (_receiveIndex + 1) % _receiveSlots;
        return true;
    }

    /// <summary>Sends the next frame. False if there is none.</summary>
    public bool TryTransmit(bool isLinkUp, out byte[]? frame, out string? complaint)
    {
        frame = null;
        complaint = null;
        uint address = _transmit + (_transmitIndex * DescriptorBytes);
        Span<byte> descriptor = stackalloc byte[DescriptorBytes];
        if (!memory.TryRead(address, descriptor))
        {
            return false;
        }

        uint status = BinaryPrimitives.ReadUInt32LittleEndian(descriptor[4..]);
        if ((status & Own) == 0)
        {
            return false;
        }

        complaint = (status & Whole) == Whole ? null : "a descriptor is not a whole frame";
        byte[] content = new byte[LengthOf(descriptor)];
        bool wasSent = isLinkUp && memory.TryRead(BinaryPrimitives.ReadUInt32LittleEndian(descriptor), content);
        frame = wasSent ? content : null;
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor[4..], (status & ~Own) | (wasSent ? 0 : Error));
        memory.TryWrite(address, descriptor);
        _transmitIndex = (_transmitIndex + 1) % _transmitSlots;
        return true;
    }

    private static uint LengthOf(ReadOnlySpan<byte> descriptor)
        => 4096u - (BinaryPrimitives.ReadUInt32LittleEndian(descriptor[4..]) & 0xFFF);
}
