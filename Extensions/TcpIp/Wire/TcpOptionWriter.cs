using System;
using System.Buffers.Binary;

namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>
/// Writes TCP options. Each is filled with octets of <see cref="TcpOptionKind.None"/> to a multiple of four, so that what follows is
/// aligned and the whole is a possible header length.
/// </summary>
internal ref struct TcpOptionWriter(Span<byte> space)
{
    /// <summary>Octets of a maximum segment size.</summary>
    public const int MaximumSegmentBytes = 4;

    /// <summary>Octets of a window scale, filled.</summary>
    public const int WindowScaleBytes = 4;

    /// <summary>Octets of "selective acknowledgments understood", filled.</summary>
    public const int SackPermittedBytes = 4;

    /// <summary>Octets of timestamps, filled as RFC 7323 appendix A shows.</summary>
    public const int TimestampsBytes = 12;

    private readonly Span<byte> _space = space;

    /// <summary>Octets of selective acknowledgments, filled.</summary>
    public static int SackBytes(int blocks)
        => blocks == 0 ? 0 : 2 + TcpOptions.SackHeaderBytes + (blocks * TcpOptions.SackBlockBytes);

    /// <summary>Octets written so far.</summary>
    public int Length { get; private set; }

    /// <summary>Writes the largest segment that we take.</summary>
    public void MaximumSegment(ushort bytes)
    {
        Span<byte> option = Begin(TcpOptionKind.MaximumSegment, TcpOptions.MaximumSegmentBytes, fill: 0);
        BinaryPrimitives.WriteUInt16BigEndian(option, bytes);
    }

    /// <summary>Writes how far our window is shifted.</summary>
    public void WindowScale(byte shift) => Begin(TcpOptionKind.WindowScale, TcpOptions.WindowScaleBytes, fill: 1)[0] = shift;

    /// <summary>Writes that we understand selective acknowledgments.</summary>
    public void SackPermitted() => Begin(TcpOptionKind.SackPermitted, TcpOptions.SackPermittedBytes, fill: 2);

    /// <summary>Writes our clock and the peer's.</summary>
    public void Timestamps(uint value, uint echo)
    {
        Span<byte> option = Begin(TcpOptionKind.Timestamps, TcpOptions.TimestampsBytes, fill: 2);
        BinaryPrimitives.WriteUInt32BigEndian(option, value);
        BinaryPrimitives.WriteUInt32BigEndian(option[sizeof(uint)..], echo);
    }

    /// <summary>Writes selective acknowledgments.</summary>
    public void Sack(scoped ReadOnlySpan<SackBlock> blocks)
    {
        if (blocks.IsEmpty)
        {
            return;
        }

        int length = TcpOptions.SackHeaderBytes + (blocks.Length * TcpOptions.SackBlockBytes);
        Span<byte> option = Begin(TcpOptionKind.Sack, length, fill: 2);
        foreach (SackBlock block in blocks)
        {
            BinaryPrimitives.WriteUInt32BigEndian(option, block.Left);
            BinaryPrimitives.WriteUInt32BigEndian(option[sizeof(uint)..], block.Right);
            option = option[TcpOptions.SackBlockBytes..];
        }
    }

    private Span<byte> Begin(TcpOptionKind kind, int length, int fill)
    {
        _space.Slice(Length, fill).Fill((byte)TcpOptionKind.None);
        Span<byte> option = _space.Slice(Length + fill, length);
        option[0] = (byte)kind;
        option[1] = (byte)length;
        Length += fill + length;
        return option[2..];
    }
}
