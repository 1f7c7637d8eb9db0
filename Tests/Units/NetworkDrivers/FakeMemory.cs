using System;
using System.Collections.Generic;
using System.Linq;

namespace NooksOS.Tests.Units.NetworkDrivers;

/// <summary>What a device can reach: the live buffers of the present instance, and nothing between them.</summary>
internal sealed class FakeMemory
{
    private const ulong GapBytes = 64 * 1024;

    private readonly List<FakeDmaBuffer> _live = [];
    private readonly List<FakeDmaBuffer> _lent = [];

    // Above 4 GiB, so that the high halves of the addresses matter.
    private ulong _nextAddress = 0x1_2000_0000;

    public bool IsBusMaster { get; set; }

    /// <summary>Gives out memory that a device with 32 address lines can reach.</summary>
    public void StayBelow4GiB() => _nextAddress = 0x0100_0000;

    /// <summary>Gives out memory that a channel of the ISA DMA controller can reach.</summary>
    public void StayBelow16MiB() => _nextAddress = 0x0010_0000;

    /// <summary>Accesses of a device on the bus to memory that is nobody's. Must stay zero.</summary>
    public int StrayAccesses { get; private set; }

    public FakeDmaBuffer Allocate(uint lengthBytes, uint alignmentBytes)
    {
        ulong address = (_nextAddress + alignmentBytes - 1) / alignmentBytes * alignmentBytes;
        _nextAddress = address + lengthBytes + GapBytes;
        FakeDmaBuffer buffer = new(address, lengthBytes);
        _live.Add(buffer);
        return buffer;
    }

    /// <summary>Memory of the kernel's own, which outlives instances: the device may reach it until it is taken back.</summary>
    public FakeDmaBuffer Lend(uint lengthBytes)
    {
        FakeDmaBuffer buffer = Allocate(lengthBytes, lengthBytes);
        _live.Remove(buffer);
        _lent.Add(buffer);
        return buffer;
    }

    /// <summary>From now on an access of the device to it is one too many.</summary>
    public void TakeBack(FakeDmaBuffer buffer) => _lent.Remove(buffer);

    /// <summary>The buffers of the present instance, in the order in which it asked for them.</summary>
    public IReadOnlyList<FakeDmaBuffer> Live => _live;

    public bool IsLive(ulong address, uint lengthBytes) => _live.Any(
        buffer => address >= buffer.DeviceAddress && address + lengthBytes <= buffer.DeviceAddress + (uint)buffer.Bytes.Length);

    /// <summary>Looks at live memory as the test does, not as the device.</summary>
    public ReadOnlySpan<byte> Peek(ulong address, int length)
    {
        FakeDmaBuffer buffer = _live.First(
            candidate => address >= candidate.DeviceAddress && address < candidate.DeviceAddress + (uint)candidate.Bytes.Length);
        return buffer.Bytes.Slice((int)(address - buffer.DeviceAddress), length);
    }

    public void FreeAll() => _live.Clear();

    public bool TryRead(ulong address, Span<byte> destination)
    {
        if (!TryFind(address, destination.Length, out Span<byte> bytes))
        {
            return false;
        }

        bytes.CopyTo(destination);
        return true;
    }

    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        if (!TryFind(address, source.Length, out Span<byte> bytes))
        {
            return false;
        }

        source.CopyTo(bytes);
        return true;
    }

    private bool TryFind(ulong address, int length, out Span<byte> bytes)
    {
        bytes = default;
        if (!IsBusMaster)
        {
            return false;
        }

        FakeDmaBuffer? buffer = _live.Concat(_lent).FirstOrDefault(
            candidate => address >= candidate.DeviceAddress
                && address + (uint)length <= candidate.DeviceAddress + (uint)candidate.Bytes.Length);
        if (buffer is null)
        {
            StrayAccesses++;
            return false;
        }

        bytes = buffer.Bytes.Slice((int)(address - buffer.DeviceAddress), length);
        return true;
    }
}
