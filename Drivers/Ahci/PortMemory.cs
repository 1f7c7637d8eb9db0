using System;
using System.Runtime.InteropServices;
using NooksOS.Contracts;

namespace NooksOS.Drivers.Ahci;

/// <summary>
/// The memory of a port (Serial ATA AHCI 1.3.1 section 4): the list of command headers, the area for received frames, a command
/// table for each slot, and a sector for the device's description of itself.
/// </summary>
internal sealed class PortMemory
{
    /// <summary>Slots of a port, 4.2.2.</summary>
    public const int Slots = 32;

    /// <summary>Length of a command table with its regions. A multiple of 128, as 4.2.2 wants it aligned.</summary>
    public const int TableBytes = TableRegionsOffset + (BlockLimits.SegmentsPerRequest * RegionBytes);

    // 4.2.3: the frame, a packet command, and from here on the regions.
    private const int TableRegionsOffset = 0x80;
    private const int RegionBytes = 16;
    private const int HeaderBytes = 32;
    private const int FramesOffset = Slots * HeaderBytes;
    private const int FramesBytes = 256;
    private const int TablesOffset = FramesOffset + FramesBytes;
    private const int IdentityOffset = TablesOffset + (Slots * TableBytes);
    private const int TotalBytes = IdentityOffset + AtaIdentity.Bytes;
    private const uint AlignmentBytes = 1024;

    private readonly DmaBuffer _memory;

    /// <summary>Allocates it. Throws what <see cref="IDeviceResources.AllocateDmaBuffer"/> throws.</summary>
    public PortMemory(IDeviceResources device) => _memory = device.AllocateDmaBuffer(TotalBytes, AlignmentBytes);

    /// <summary>Where the device finds the command list.</summary>
    public ulong CommandListAddress => _memory.DeviceAddress;

    /// <summary>Where it puts frames.</summary>
    public ulong FramesAddress => _memory.DeviceAddress + FramesOffset;

    /// <summary>What the device has said of itself.</summary>
    public ReadOnlySpan<byte> Identity => _memory.Bytes.Slice(IdentityOffset, AtaIdentity.Bytes);

    /// <summary>Where it puts that.</summary>
    public BlockSegment IdentitySegment
        => new() { DeviceAddress = _memory.DeviceAddress + IdentityOffset, LengthBytes = AtaIdentity.Bytes };

    /// <summary>Forgets everything. The device must be at rest.</summary>
    public void Clear() => _memory.Bytes.Clear();

    /// <summary>Fills in a slot that the device does not have.</summary>
    public void Fill(int slot, in CommandFrame frame, bool isWrite, ReadOnlySpan<BlockSegment> segments)
    {
        Span<byte> table = _memory.Bytes.Slice(TablesOffset + (slot * TableBytes), TableBytes);
        MemoryMarshal.Cast<byte, CommandFrame>(table)[0] = frame;
        Span<PhysicalRegion> regions = MemoryMarshal.Cast<byte, PhysicalRegion>(table[TableRegionsOffset..]);
        for (int index = 0; index < segments.Length; index++)
        {
            ref readonly BlockSegment segment = ref segments[index];
            regions[index] = new PhysicalRegion
            {
                Address = (uint)segment.DeviceAddress,
                AddressUpper = (uint)(segment.DeviceAddress >> 32),
                LastByte = segment.LengthBytes - 1,
            };
        }

        ulong tableAddress = _memory.DeviceAddress + TablesOffset + (ulong)(slot * TableBytes);
        _memory.As<CommandHeader>()[slot] = new CommandHeader
        {
            Flags = CommandHeaderFlags.FrameLength
                | (isWrite ? CommandHeaderFlags.Write : CommandHeaderFlags.None)
                | (CommandHeaderFlags)((uint)segments.Length << 16),
            TableAddress = (uint)tableAddress,
            TableAddressUpper = (uint)(tableAddress >> 32),
        };
    }
}
