using System;

namespace NooksOS.Drivers.Ahci;

/// <summary>Numbers of the register window. Sections are those of Serial ATA AHCI 1.3.1.</summary>
internal static class HbaRegisters
{
    /// <summary>The BAR of the window, ABAR, 2.1.11.</summary>
    public const uint Bar = 5;

    /// <summary>Where the registers of port 0 begin, 3.</summary>
    public const uint FirstPort = 0x100;

    /// <summary>How far those of the next port are, 3.</summary>
    public const uint PortStride = 0x80;

    /// <summary>The most ports, 3.1.1.</summary>
    public const uint MaximumPorts = 32;
}

/// <summary>Byte offsets of the generic host control registers, 3.1.</summary>
internal enum HbaRegister : uint
{
    /// <summary>CAP, 3.1.1.</summary>
    Capabilities = 0x00,

    /// <summary>GHC, 3.1.2.</summary>
    GlobalControl = 0x04,

    /// <summary>IS, 3.1.3: a bit for each port that has something to say. Written back to clear it.</summary>
    InterruptStatus = 0x08,

    /// <summary>PI, 3.1.4: a bit for each port that is there.</summary>
    PortsImplemented = 0x0C,
}

/// <summary>CAP, 3.1.1.</summary>
[Flags]
internal enum HbaCapabilities : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>NCS: one less than the number of command slots.</summary>
    CommandSlots = 0x1F << 8,

    /// <summary>SNCQ: ports can have queued commands.</summary>
    NativeCommandQueuing = 1u << 30,

    /// <summary>S64A: the device reaches all of memory.</summary>
    Addresses64Bit = 1u << 31,
}

/// <summary>GHC, 3.1.2.</summary>
[Flags]
internal enum HbaControl : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>HR: resets the controller and all ports, and reads as set until that is done.</summary>
    Reset = 1u << 0,

    /// <summary>IE: lets the controller interrupt.</summary>
    InterruptEnable = 1u << 1,

    /// <summary>AE: software uses this interface and not the old one.</summary>
    AhciEnable = 1u << 31,
}
