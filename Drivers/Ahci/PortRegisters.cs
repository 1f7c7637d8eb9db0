using System;

namespace NooksOS.Drivers.Ahci;

/// <summary>Byte offsets from the first register of a port, Serial ATA AHCI 1.3.1 section 3.3.</summary>
internal enum PortRegister : uint
{
    /// <summary>PxCLB, 3.3.1. Aligned to 1 KiB.</summary>
    CommandList = 0x00,

    /// <summary>PxCLBU, 3.3.2.</summary>
    CommandListUpper = 0x04,

    /// <summary>PxFB, 3.3.3. Aligned to 256 bytes.</summary>
    ReceivedFrames = 0x08,

    /// <summary>PxFBU, 3.3.4.</summary>
    ReceivedFramesUpper = 0x0C,

    /// <summary>PxIS, 3.3.5. Written back to clear it.</summary>
    InterruptStatus = 0x10,

    /// <summary>PxIE, 3.3.6.</summary>
    InterruptEnable = 0x14,

    /// <summary>PxCMD, 3.3.7.</summary>
    Command = 0x18,

    /// <summary>PxTFD, 3.3.8: the device's status, and behind it its error.</summary>
    TaskFile = 0x20,

    /// <summary>PxSIG, 3.3.9: what kind of device it is.</summary>
    Signature = 0x24,

    /// <summary>PxSSTS, 3.3.10.</summary>
    SataStatus = 0x28,

    /// <summary>PxSCTL, 3.3.11.</summary>
    SataControl = 0x2C,

    /// <summary>PxSERR, 3.3.12. Written back to clear it.</summary>
    SataError = 0x30,

    /// <summary>PxSACT, 3.3.13: a bit for each queued command that the device has not ended.</summary>
    SataActive = 0x34,

    /// <summary>PxCI, 3.3.14: a bit for each command that the device has not taken, or not ended if it is not a queued one.</summary>
    CommandIssue = 0x38,
}

/// <summary>PxIS and PxIE, 3.3.5 and 3.3.6.</summary>
[Flags]
internal enum PortInterrupts : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>DHRS: a command that is not queued has ended.</summary>
    DeviceToHostFrame = 1u << 0,

    /// <summary>SDBS: queued commands have ended.</summary>
    SetDeviceBits = 1u << 3,

    /// <summary>IFS: an error of the link that has stopped the port.</summary>
    InterfaceFatal = 1u << 27,

    /// <summary>HBDS: the controller cannot reach memory.</summary>
    HostBusData = 1u << 28,

    /// <summary>HBFS: the same, fatal.</summary>
    HostBusFatal = 1u << 29,

    /// <summary>TFES: the device has ended a command with an error.</summary>
    TaskFileError = 1u << 30,

    /// <summary>Each of which stops the port until it is brought back, 6.2.2.</summary>
    Errors = InterfaceFatal | HostBusData | HostBusFatal | TaskFileError,

    /// <summary>What the driver wants to hear of.</summary>
    Wanted = DeviceToHostFrame | SetDeviceBits | Errors,
}

/// <summary>PxCMD, 3.3.7.</summary>
[Flags]
internal enum PortCommand : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>ST: the port carries out commands.</summary>
    Start = 1u << 0,

    /// <summary>SUD: the device is spun up.</summary>
    SpinUp = 1u << 1,

    /// <summary>POD: the device has power.</summary>
    PowerOn = 1u << 2,

    /// <summary>FRE: the port puts what the device sends into memory.</summary>
    ReceiveFrames = 1u << 4,

    /// <summary>FR: it is doing so.</summary>
    ReceivingFrames = 1u << 14,

    /// <summary>CR: it is carrying out commands.</summary>
    Running = 1u << 15,
}

/// <summary>Values of the device's own registers as the port shows them.</summary>
internal static class PortValues
{
    /// <summary>PxSIG of a disk, ACS-3 table 206.</summary>
    public const uint DiskSignature = 0x0000_0101;

    /// <summary>PxSSTS.DET, 3.3.10.</summary>
    public const uint DetectionMask = 0xF;

    /// <summary>There is a device, and the link to it is up.</summary>
    public const uint DetectionPresent = 3;

    /// <summary>PxSCTL.DET, 3.3.11: the link is reset for as long as this is set.</summary>
    public const uint ResetLink = 1;

    /// <summary>PxSCTL.IPM: no power saving of the link, which would take it away at any time.</summary>
    public const uint NoPowerSaving = 3 << 8;

    /// <summary>PxTFD, the status: ERR, the last command has failed.</summary>
    public const uint StatusError = 1 << 0;

    /// <summary>PxTFD, the status: DRQ, the device wants data.</summary>
    public const uint StatusDataRequest = 1 << 3;

    /// <summary>PxTFD, the status: DF, the device is broken.</summary>
    public const uint StatusDeviceFault = 1 << 5;

    /// <summary>PxTFD, the status: BSY.</summary>
    public const uint StatusBusy = 1 << 7;
}
