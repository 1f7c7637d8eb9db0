using System;

namespace NooksOS.Drivers.Rtl8139;

/// <summary>Receive descriptor, "C+ mode Rx descriptor". The device writes the first two words.</summary>
internal struct ReceiveDescriptor
{
    /// <summary>A <see cref="ReceiveStatus"/> and, in the low 13 bits, the buffer's length or that of the frame with its check sequence.</summary>
    public uint Status;

    /// <summary>VLAN tag: not used.</summary>
    public uint Tag;

    /// <summary>Where the device puts the frame.</summary>
    public ulong BufferAddress;
}

/// <summary>Upper part of the first word of a receive descriptor.</summary>
[Flags]
internal enum ReceiveStatus : uint
{
    /// <summary>RES: the frame is bad.</summary>
    ErrorSummary = 1u << 20,

    /// <summary>The receive FIFO overflowed.</summary>
    FifoOverflow = 1u << 22,

    /// <summary>LS: the frame ends in this buffer.</summary>
    LastSegment = 1u << 28,

    /// <summary>FS: the frame begins in this buffer.</summary>
    FirstSegment = 1u << 29,

    /// <summary>EOR: the ring ends here.</summary>
    EndOfRing = 1u << 30,

    /// <summary>OWN: the descriptor is the device's.</summary>
    OwnedByDevice = 1u << 31,

    /// <summary>What means that the frame cannot be used.</summary>
    Failed = ErrorSummary | FifoOverflow,

    /// <summary>What a frame in one buffer has.</summary>
    WholeFrame = FirstSegment | LastSegment,
}

/// <summary>Transmit descriptor, "C+ mode Tx descriptor". The device writes the first word.</summary>
internal struct TransmitDescriptor
{
    /// <summary>A <see cref="TransmitStatus"/> and, in the low 16 bits, the frame's length.</summary>
    public uint Status;

    /// <summary>VLAN tag: not used.</summary>
    public uint Tag;

    /// <summary>Where the frame is.</summary>
    public ulong BufferAddress;
}

/// <summary>Upper half of the first word of a transmit descriptor.</summary>
[Flags]
internal enum TransmitStatus : uint
{
    /// <summary>TES: the frame was not sent.</summary>
    ErrorSummary = 1u << 23,

    /// <summary>UNF: the device did not get the frame in time.</summary>
    Underrun = 1u << 25,

    /// <summary>LS: the frame ends in this buffer.</summary>
    LastSegment = 1u << 28,

    /// <summary>FS: the frame begins in this buffer.</summary>
    FirstSegment = 1u << 29,

    /// <summary>EOR: the ring ends here.</summary>
    EndOfRing = 1u << 30,

    /// <summary>OWN: the descriptor is the device's.</summary>
    OwnedByDevice = 1u << 31,

    /// <summary>What means that the frame was not sent.</summary>
    Failed = ErrorSummary | Underrun,
}
