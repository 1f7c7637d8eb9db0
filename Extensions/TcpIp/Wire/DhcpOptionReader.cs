using System;

namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>Walks the options of one field of a DHCP message (RFC 2132 §2).</summary>
internal ref struct DhcpOptionReader(ReadOnlySpan<byte> field)
{
    private ReadOnlySpan<byte> _rest = field;

    /// <summary>Whether the field ended in the middle of an option.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Takes the next option. False at the end.</summary>
    public bool TryRead(out DhcpOption code, out ReadOnlySpan<byte> value)
    {
        code = DhcpOption.End;
        value = default;
        while (!_rest.IsEmpty && _rest[0] == (byte)DhcpOption.Pad)
        {
            _rest = _rest[1..];
        }

        // A field that is used up without an end marker is what some servers send.
        if (_rest.IsEmpty || _rest[0] == (byte)DhcpOption.End)
        {
            return false;
        }

        if (_rest.Length < 2 || _rest[1] > _rest.Length - 2)
        {
            IsMalformed = true;
            return false;
        }

        code = (DhcpOption)_rest[0];
        value = _rest.Slice(2, _rest[1]);
        _rest = _rest[(2 + _rest[1])..];
        return true;
    }
}
