using System;

namespace NooksOS.Drivers.Pcnet32;

/// <summary>Receive descriptor in software style 2, "Receive Descriptor Table Entry". The device writes all but the address.</summary>
internal struct ReceiveDescriptor
{
    /// <summary>RBADR: where the device puts the frame.</summary>
    public uint BufferAddress;

    /// <summary>RMD1: a <see cref="ReceiveStatus"/> and, in the low half, the buffer's length as a negative number.</summary>
    public uint Status;

    /// <summary>RMD2: in the low 12 bits the length of the frame with its check sequence; counters above.</summary>
    public uint Length;

    /// <summary>RMD3: nobody's.</summary>
    public uint Reserved;
}

/// <summary>Upper half of RMD1.</summary>
[Flags]
internal enum ReceiveStatus : uint
{
    /// <summary>ENP: the frame ends in this buffer.</summary>
    EndOfPacket = 1u << 24,

    /// <summary>STP: the frame begins in this buffer.</summary>
    StartOfPacket = 1u << 25,

    /// <summary>ERR: the frame is bad.</summary>
    Error = 1u << 30,

    /// <summary>OWN: the descriptor is the device's.</summary>
    OwnedByDevice = 1u << 31,
}

/// <summary>Transmit descriptor in software style 2, "Transmit Descriptor Table Entry". The device writes all but the address.</summary>
internal struct TransmitDescriptor
{
    /// <summary>TBADR: where the frame is.</summary>
    public uint BufferAddress;

    /// <summary>TMD1: a <see cref="TransmitStatus"/> and, in the low half, the frame's length as a negative number.</summary>
    public uint Status;

    /// <summary>TMD2: why the frame was not sent.</summary>
    public uint Errors;

    /// <summary>TMD3: nobody's.</summary>
    public uint Reserved;
}

/// <summary>Upper half of TMD1.</summary>
[Flags]
internal enum TransmitStatus : uint
{
    /// <summary>ENP: the frame ends in this buffer.</summary>
    EndOfPacket = 1u << 24,

    /// <summary>STP: the frame begins in this buffer.</summary>
    StartOfPacket = 1u << 25,

    /// <summary>ERR: the frame was not sent.</summary>
    Error = 1u << 30,

    /// <summary>OWN: the descriptor is the device's.</summary>
    OwnedByDevice = 1u << 31,
}
