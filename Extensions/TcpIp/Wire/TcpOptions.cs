using System;
using System.Buffers.Binary;

namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>The options of a received TCP segment. It refers to the segment, and is gone with it.</summary>
internal readonly ref struct TcpOptions
{
    /// <summary>RFC 7323 §2.3: a larger shift counts as this.</summary>
    public const byte MaximumScale = 14;

    /// <summary>Blocks that fit the options of a segment (RFC 2018 §3).</summary>
    public const int MaximumSackBlocks = 4;

    internal const int MaximumSegmentBytes = 4;
    internal const int WindowScaleBytes = 3;
    internal const int SackPermittedBytes = 2;
    internal const int TimestampsBytes = 10;
    internal const int SackHeaderBytes = 2;
    internal const int SackBlockBytes = 8;

    /// <summary>MSS; zero if there is none.</summary>
    public ushort MaximumSegment { get; private init; }

    /// <summary>Whether the window is shifted at all, which needs both sides to say so.</summary>
    public bool HasWindowScale { get; private init; }

    /// <summary>How far.</summary>
    public byte WindowScale { get; private init; }

    /// <summary>Whether selective acknowledgments are understood.</summary>
    public bool SackPermitted { get; private init; }

    /// <summary>Whether there are timestamps.</summary>
    public bool HasTimestamps { get; private init; }

    /// <summary>TSval: the sender's clock.</summary>
    public uint TimestampValue { get; private init; }

    /// <summary>TSecr: our clock, as the sender last saw it. Means something only together with an acknowledgment.</summary>
    public uint TimestampEcho { get; private init; }

    /// <summary>How many SACK blocks there are.</summary>
    public int SackBlocks => Sack.Length / SackBlockBytes;

    private ReadOnlySpan<byte> Sack { get; init; }

    /// <summary>A SACK block.</summary>
    public SackBlock GetSack(int index)
    {
        ReadOnlySpan<byte> block = Sack.Slice(index * SackBlockBytes, SackBlockBytes);
        return new SackBlock(
            BinaryPrimitives.ReadUInt32BigEndian(block), BinaryPrimitives.ReadUInt32BigEndian(block[sizeof(uint)..]));
    }

    /// <summary>
    /// Reads the options. False if a length is impossible (RFC 9293 §3.2, MUST-7). Options of other kinds are skipped (MUST-6); of two of
    /// one kind the last counts.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TcpOptions options)
    {
        options = default;
        TcpOptions found = default;
        while (!bytes.IsEmpty && bytes[0] != (byte)TcpOptionKind.End)
        {
            if (bytes[0] == (byte)TcpOptionKind.None)
            {
                bytes = bytes[1..];
                continue;
            }

            // The length counts the kind and itself.
            if (bytes.Length < 2 || bytes[1] < 2 || bytes[1] > bytes.Length || !TryTake(bytes[..bytes[1]], ref found))
            {
                return false;
            }

            bytes = bytes[bytes[1]..];
        }

        options = found;
        return true;
    }

    private static bool TryTake(ReadOnlySpan<byte> option, ref TcpOptions found)
    {
        ReadOnlySpan<byte> value = option[2..];
        switch ((TcpOptionKind)option[0])
        {
            case TcpOptionKind.MaximumSegment when option.Length == MaximumSegmentBytes:
                found = found with { MaximumSegment = BinaryPrimitives.ReadUInt16BigEndian(value) };
                return true;
            case TcpOptionKind.WindowScale when option.Length == WindowScaleBytes:
                found = found with { HasWindowScale = true, WindowScale = Math.Min(value[0], MaximumScale) };
                return true;
            case TcpOptionKind.SackPermitted when option.Length == SackPermittedBytes:
                found = found with { SackPermitted = true };
                return true;
            case TcpOptionKind.Timestamps when option.Length == TimestampsBytes:
                found = found with
                {
                    HasTimestamps = true,
                    TimestampValue = BinaryPrimitives.ReadUInt32BigEndian(value),
                    TimestampEcho = BinaryPrimitives.ReadUInt32BigEndian(value[sizeof(uint)..]),
                };
                return true;
            case TcpOptionKind.Sack when value.Length != 0 && value.Length % SackBlockBytes == 0:
                found = found with { Sack = value };
                return true;
            case TcpOptionKind.MaximumSegment
                or TcpOptionKind.WindowScale
                or TcpOptionKind.SackPermitted
                or TcpOptionKind.Timestamps
                or TcpOptionKind.Sack:
                return false;
            default:
                return true;
        }
    }
}
