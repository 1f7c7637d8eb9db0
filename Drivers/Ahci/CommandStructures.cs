using System;
using System.Runtime.InteropServices;

namespace NooksOS.Drivers.Ahci;

/// <summary>A command header, Serial ATA AHCI 1.3.1 section 4.2.2.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CommandHeader
{
    /// <summary>What the command is, and in the upper half how many regions of memory it has.</summary>
    public CommandHeaderFlags Flags;

    /// <summary>PRDBC: bytes that were moved; written by the device, and meaningless for queued commands.</summary>
    public uint MovedBytes;

    /// <summary>CTBA: where the command table is. Aligned to 128 bytes.</summary>
    public uint TableAddress;

    /// <summary>CTBAU.</summary>
    public uint TableAddressUpper;

    /// <summary>Reserved.</summary>
    public ulong Reserved0;

    /// <summary>Reserved.</summary>
    public ulong Reserved1;
}

/// <summary>The first word of a command header, 4.2.2.</summary>
[Flags]
internal enum CommandHeaderFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>CFL: the frame in the command table is five words long.</summary>
    FrameLength = 5,

    /// <summary>W: data goes to the device.</summary>
    Write = 1 << 6,
}

/// <summary>An entry of the physical region descriptor table, 4.2.3.3.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PhysicalRegion
{
    /// <summary>DBA: where the memory is. A multiple of two.</summary>
    public uint Address;

    /// <summary>DBAU.</summary>
    public uint AddressUpper;

    /// <summary>Reserved.</summary>
    public uint Reserved;

    /// <summary>DBC: one less than its length in bytes, which is even.</summary>
    public uint LastByte;
}

/// <summary>
/// The frame that carries a command to the device: Register Host to Device FIS, Serial ATA 3.1 section 10.5.5.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 20)]
internal struct CommandFrame
{
    /// <summary>The type of such a frame.</summary>
    public const byte HostToDevice = 0x27;

    /// <summary>Flag C: it carries a command.</summary>
    public const byte IsCommand = 0x80;

    /// <summary>The device register: the address is one of a sector.</summary>
    public const byte LogicalAddress = 0x40;

    /// <summary><see cref="HostToDevice"/>.</summary>
    public byte Type;

    /// <summary><see cref="IsCommand"/>.</summary>
    public byte Flags;

    /// <summary>The command.</summary>
    public AtaCommand Command;

    /// <summary>Features 7:0; for queued commands the number of sectors 7:0.</summary>
    public byte FeaturesLow;

    /// <summary>LBA 7:0.</summary>
    public byte Address0;

    /// <summary>LBA 15:8.</summary>
    public byte Address1;

    /// <summary>LBA 23:16.</summary>
    public byte Address2;

    /// <summary><see cref="LogicalAddress"/>.</summary>
    public byte Device;

    /// <summary>LBA 31:24.</summary>
    public byte Address3;

    /// <summary>LBA 39:32.</summary>
    public byte Address4;

    /// <summary>LBA 47:40.</summary>
    public byte Address5;

    /// <summary>Features 15:8; for queued commands the number of sectors 15:8.</summary>
    public byte FeaturesHigh;

    /// <summary>The number of sectors 7:0; for queued commands the tag in bits 7:3.</summary>
    public byte CountLow;

    /// <summary>The number of sectors 15:8.</summary>
    public byte CountHigh;

    /// <summary>Isochronous command completion. Not used.</summary>
    public byte Completion;

    /// <summary>Control. Not used.</summary>
    public byte Control;
}

/// <summary>Commands, ATA/ATAPI Command Set 3 (ACS-3) section 7.</summary>
internal enum AtaCommand : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>READ DMA EXT, 7.23.</summary>
    ReadDmaExtended = 0x25,

    /// <summary>WRITE DMA EXT, 7.60.</summary>
    WriteDmaExtended = 0x35,

    /// <summary>READ FPDMA QUEUED, 7.24.</summary>
    ReadQueued = 0x60,

    /// <summary>WRITE FPDMA QUEUED, 7.62.</summary>
    WriteQueued = 0x61,

    /// <summary>FLUSH CACHE EXT, 7.10.</summary>
    FlushCacheExtended = 0xEA,

    /// <summary>IDENTIFY DEVICE, 7.12.</summary>
    IdentifyDevice = 0xEC,
}
