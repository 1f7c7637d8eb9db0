using System.Runtime.InteropServices;

namespace NooksOS.Contracts;

/// <summary>
/// The half of a connection block's header that the stack writes: what its next instance needs to go on. The kernel trusts
/// none of it. Fields may be added to the room at the end; those that are there keep their places.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = ConnectionBlock.HalfBytes)]
public struct ConnectionTransportHalf
{
    /// <summary>
    /// The generation of the kernel's half for which this half was written, once it is complete. Anything else: nothing was
    /// committed. Written last.
    /// </summary>
    public uint Generation;

    /// <summary><see cref="ConnectionBlock.ComputeChecksum"/> of the fields down to <see cref="TimestampOffset"/>.</summary>
    public uint Checksum;

    /// <summary>Our address, in host order.</summary>
    public uint LocalAddress;

    /// <summary>The peer's address, in host order.</summary>
    public uint RemoteAddress;

    /// <summary>Our port.</summary>
    public ushort LocalPort;

    /// <summary>The peer's port.</summary>
    public ushort RemotePort;

    /// <summary>Our initial sequence number.</summary>
    public uint InitialSendSequence;

    /// <summary>The peer's initial sequence number; meaningful once its SYN has come.</summary>
    public uint InitialReceiveSequence;

    /// <summary>The largest segment that the peer takes.</summary>
    public ushort MaximumSegmentBytes;

    /// <summary>How far the peer's window is shifted.</summary>
    public byte SendWindowShift;

    /// <summary>How far our window is shifted.</summary>
    public byte ReceiveWindowShift;

    /// <summary>What was agreed on.</summary>
    public ConnectionFeatures Features;

    /// <summary>What is added to the clock for our timestamps.</summary>
    public uint TimestampOffset;

    /// <summary>Room for fields that change rarely.</summary>
    public ulong ReservedFixed0;

    /// <summary>Room for fields that change rarely.</summary>
    public ulong ReservedFixed1;

    /// <summary>Room for fields that change rarely.</summary>
    public ulong ReservedFixed2;

    /// <summary>The state.</summary>
    public ConnectionState State;

    /// <summary>Why it ended.</summary>
    public ConnectionError Error;

    /// <summary>How far the FINs are.</summary>
    public ConnectionProgress Progress;

    /// <summary>The newest timestamp of the peer that is echoed (TS.Recent).</summary>
    public uint RecentTimestamp;

    /// <summary>Bytes of the send ring that the peer has acknowledged since the connection began.</summary>
    public ulong SendAcknowledged;

    /// <summary>Bytes that were written to the receive ring since the connection began.</summary>
    public ulong ReceiveWritten;

    /// <summary>Up to which byte the stack has sent at least once.</summary>
    public ulong SendHighest;

    /// <summary>Up to which byte the peer's window lets us send.</summary>
    public ulong SendWindowEnd;
}
