using System;
using System.Buffers.Binary;

namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>Appends options to a DHCP message.</summary>
internal ref struct DhcpOptionWriter(Span<byte> field)
{
    private readonly Span<byte> _field = field;

    /// <summary>How much of the field is used.</summary>
    public int UsedBytes { get; private set; }

    /// <summary>Appends an option of any length.</summary>
    public void Write(DhcpOption code, scoped ReadOnlySpan<byte> value)
    {
        _field[UsedBytes] = (byte)code;
        _field[UsedBytes + 1] = (byte)value.Length;
        value.CopyTo(_field[(UsedBytes + 2)..]);
        UsedBytes += 2 + value.Length;
    }

    /// <summary>Appends a number of 32 bits, unless it is zero, which stands for absent.</summary>
    public void WriteUnlessZero(DhcpOption code, uint value)
    {
        if (value == 0)
        {
            return;
        }

        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        Write(code, octets);
    }

    /// <summary>Appends the end marker.</summary>
    public void End() => _field[UsedBytes++] = (byte)DhcpOption.End;
}
