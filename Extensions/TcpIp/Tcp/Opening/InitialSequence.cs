using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Initial sequence numbers (RFC 6528 §3): a clock, plus a secret function of the two ends, so that a new connection does not meet the
/// segments of an old one, and a stranger cannot guess either.
/// <para>
/// The number with which we answer a SYN is always a cookie as well (RFC 4987 §3.6): the clock is then a slot of 64 seconds in the top
/// octet, which runs as fast as RFC 6528 asks; below it stand 16 bits that prove that we sent all of it, and what was agreed on. So a
/// handshake can be completed without any memory of the SYN, because there were too many of them, or because the instance that had the memory is gone.
/// </para>
/// </summary>
/// <param name="secret">Of one boot: the next instance must know it.</param>
internal sealed class InitialSequence(SipHash secret)
{
    // The sizes that a cookie can hold, chosen to lose little: among them that of a peer that says none, those of tunnels, of PPPoE
    // with timestamps, and of Ethernet.
    private static readonly ushort[] s_segmentBytes =
        [TcpParameters.MinimumSegmentBytes, 256, TcpParameters.DefaultSegmentBytes, 1200, 1300, 1400, 1440, 1460];

    private const int SlotShift = 24;
    private const long SlotNanoseconds = 64_000_000_000;

    // RFC 6528 §3: one step every four microseconds.
    private const long ClockNanoseconds = 4_000;

    // RFC 7323 §5.4: between 1 ms and 1 s.
    private const long TimestampNanoseconds = 1_000_000;

    // Eight bits of options: the size of segments, how far the window is shifted, selective acknowledgments.
    private const int OptionBits = 8;
    private const int SaltOptionShift = 40;
    private const int SizeShift = 5;
    private const uint ScaleBits = 0x0F;
    private const uint NoScale = 0x0F;
    private const uint SackBit = 0x10;

    private enum Purpose : uint
    {
        Sequence,
        Cookie,
        Timestamp,
        Port,
    }

    /// <summary>How long a cookie is good: this slot and the one before.</summary>
    public const long CookieLifetimeNanoseconds = 2 * SlotNanoseconds;

    /// <summary>The initial number of a connection that we open.</summary>
    public uint Make(in TcpFlow flow, long nowNanoseconds)
        => Hash(flow, Purpose.Sequence, 0) + (uint)(nowNanoseconds / ClockNanoseconds);

    /// <summary>The initial number of a connection that the peer opens. It holds what was agreed on.</summary>
    public uint MakeCookie(in TcpFlow flow, uint peerSequence, in HandshakeOptions options, long nowNanoseconds)
    {
        uint slot = SlotOf(nowNanoseconds);
        uint packed = Pack(options);
        return Hash(flow, Purpose.Sequence, 0) + (slot << SlotShift) + (Proof(flow, peerSequence, slot, packed) << OptionBits) + packed;
    }

    /// <summary>
    /// Whether this initial number is one that we gave lately. Then what was agreed on comes out, except for timestamps: those are in
    /// each segment that the peer sends, or in none.
    /// </summary>
    public bool TryReadCookie(
        in TcpFlow flow, uint peerSequence, uint cookie, long nowNanoseconds, out HandshakeOptions options)
    {
        uint sum = cookie - Hash(flow, Purpose.Sequence, 0);
        uint slot = SlotOf(nowNanoseconds);
        uint age = (slot - (sum >> SlotShift)) & byte.MaxValue;
        uint packed = sum & byte.MaxValue;
        uint proof = (sum >> OptionBits) & ushort.MaxValue;
        bool isOurs = age <= 1 && proof == Proof(flow, peerSequence, (slot - age) & byte.MaxValue, packed);
        options = isOurs ? Unpack(packed) : default;
        return isOurs;
    }

    /// <summary>RFC 7323 §5.4 and §7: where the clock of this connection's timestamps starts.</summary>
    public uint TimestampOffset(in TcpFlow flow) => Hash(flow, Purpose.Timestamp, 0);

    /// <summary>RFC 6056 §3.3.3: where the search for a local port starts.</summary>
    public uint PortOffset(in TcpFlow flow) => Hash(flow, Purpose.Port, 0);

    /// <summary>The clock of timestamps.</summary>
    public static uint TimestampClock(long nowNanoseconds) => (uint)(nowNanoseconds / TimestampNanoseconds);

    private static uint SlotOf(long nowNanoseconds) => (uint)(nowNanoseconds / SlotNanoseconds) & byte.MaxValue;

    private static uint Pack(in HandshakeOptions options)
    {
        int size = s_segmentBytes.Length - 1;
        while (size > 0 && s_segmentBytes[size] > options.SegmentBytes)
        {
            size--;
        }

        uint scale = options.HasScale ? options.SendScale : NoScale;
        return ((uint)size << SizeShift) | (options.HasSack ? SackBit : 0) | scale;
    }

    private static HandshakeOptions Unpack(uint packed)
    {
        uint scale = packed & ScaleBits;
        bool hasScale = scale != NoScale;
        return new HandshakeOptions(
            s_segmentBytes[packed >> SizeShift], hasScale, (byte)(hasScale ? scale : 0), false, (packed & SackBit) != 0);
    }

    // Of the options as well: else the number behind a cookie is one, and an old acknowledgment of some octets opens a connection.
    private uint Proof(in TcpFlow flow, uint peerSequence, uint slot, uint packed)
        => Hash(flow, Purpose.Cookie, ((ulong)packed << SaltOptionShift) | ((ulong)peerSequence << 8) | slot) & ushort.MaxValue;

    private uint Hash(in TcpFlow flow, Purpose purpose, ulong salt) => (uint)secret.Hash(
        ((ulong)flow.Local.Value << 32) | flow.Remote.Value,
        ((ulong)flow.LocalPort << 48) | ((ulong)flow.RemotePort << 32) | (uint)purpose,
        salt);
}
