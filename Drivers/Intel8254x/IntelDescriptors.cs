using System;

namespace NooksOS.Drivers.Intel8254x;

/// <summary>Receive descriptor, manual section 3.2.3. The device writes everything but the address.</summary>
internal struct ReceiveDescriptor
{
    /// <summary>Where the device puts the frame.</summary>
    public ulong BufferAddress;

    /// <summary>How many bytes it put there.</summary>
    public ushort Length;

    /// <summary>Packet checksum.</summary>
    public ushort Checksum;

    /// <summary>A <see cref="ReceiveStatus"/>, as a byte so that it can be read with acquire semantics.</summary>
    public byte Status;

    /// <summary>Why the frame is bad, if <see cref="ReceiveStatus.EndOfPacket"/> is set.</summary>
    public ReceiveErrors Errors;

    /// <summary>VLAN tag.</summary>
    public ushort Special;
}

/// <summary>Status of a receive descriptor, manual section 3.2.3.1.</summary>
[Flags]
internal enum ReceiveStatus : byte
{
    /// <summary>DD: the device is done with the descriptor.</summary>
    Done = 1 << 0,

    /// <summary>EOP: the frame ends in this descriptor.</summary>
    EndOfPacket = 1 << 1,
}

/// <summary>Errors of a receive descriptor, manual section 3.2.3.2.</summary>
[Flags]
internal enum ReceiveErrors : byte
{
    /// <summary>CE: bad frame check sequence.</summary>
    Checksum = 1 << 0,

    /// <summary>SE.</summary>
    Symbol = 1 << 1,

    /// <summary>SEQ.</summary>
    Sequence = 1 << 2,

    /// <summary>CXE.</summary>
    CarrierExtension = 1 << 4,

    /// <summary>RXE.</summary>
    Data = 1 << 7,

    /// <summary>What makes a frame unusable. Checksum offloads (TCPE, IPE) are not used and mean nothing.</summary>
    Fatal = Checksum | Symbol | Sequence | CarrierExtension | Data,
}

/// <summary>Legacy transmit descriptor, manual section 3.3.3. The device writes the status.</summary>
internal struct TransmitDescriptor
{
    /// <summary>Where the frame is.</summary>
    public ulong BufferAddress;

    /// <summary>How long it is.</summary>
    public ushort Length;

    /// <summary>CSO: not used.</summary>
    public byte ChecksumOffset;

    /// <summary>What to do with it.</summary>
    public TransmitCommand Command;

    /// <summary>A <see cref="TransmitStatus"/>, as a byte so that it can be read with acquire semantics.</summary>
    public byte Status;

    /// <summary>CSS: not used.</summary>
    public byte ChecksumStart;

    /// <summary>VLAN tag.</summary>
    public ushort Special;
}

/// <summary>Command of a transmit descriptor, manual section 3.3.3.1.</summary>
[Flags]
internal enum TransmitCommand : byte
{
    /// <summary>EOP: the frame ends in this descriptor.</summary>
    EndOfPacket = 1 << 0,

    /// <summary>IFCS: the device appends the frame check sequence.</summary>
    InsertChecksum = 1 << 1,

    /// <summary>RS: the device writes the status back.</summary>
    ReportStatus = 1 << 3,
}

/// <summary>Status of a transmit descriptor, manual section 3.3.3.2.</summary>
[Flags]
internal enum TransmitStatus : byte
{
    /// <summary>DD: the device is done with the descriptor.</summary>
    Done = 1 << 0,

    /// <summary>EC: given up after too many collisions.</summary>
    ExcessCollisions = 1 << 1,

    /// <summary>LC: given up after a late collision.</summary>
    LateCollision = 1 << 2,

    /// <summary>What means that the frame was not sent.</summary>
    Failed = ExcessCollisions | LateCollision,
}
