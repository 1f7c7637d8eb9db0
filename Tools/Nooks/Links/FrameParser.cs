using System;
using System.Buffers.Binary;
using System.IO;

namespace NooksOS.Tool.Links;

/// <summary>
/// Takes the bytes apart by which QEMU's filter-redirector passes frames on: each is preceded by its length, 32 bits, big-endian.
/// </summary>
public sealed class FrameParser(FrameSink found)
{
    /// <summary>The length in front of each frame.</summary>
    public const int PrefixBytes = sizeof(uint);

    /// <summary>The longest frame of the emulator's, which is longer than any real one.</summary>
    public const int LongestFrameBytes = 4096 + 65536;

    private readonly byte[] _partial = new byte[PrefixBytes + LongestFrameBytes];
    private int _partialBytes;

    /// <summary>Takes the next bytes and hands over the frames that they complete.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_partialBytes == 0 && TryReadLength(bytes, out int length) && bytes.Length >= PrefixBytes + length)
            {
                found(bytes.Slice(PrefixBytes, length));
                bytes = bytes[(PrefixBytes + length)..];
            }
            else
            {
                bytes = Complete(bytes);
            }
        }
    }

    private ReadOnlySpan<byte> Complete(ReadOnlySpan<byte> bytes)
    {
        int wanted = TryReadLength(_partial.AsSpan(0, _partialBytes), out int length) ? PrefixBytes + length : PrefixBytes;
        int taken = Math.Min(wanted - _partialBytes, bytes.Length);
        bytes[..taken].CopyTo(_partial.AsSpan(_partialBytes));
        _partialBytes += taken;
        if (TryReadLength(_partial.AsSpan(0, _partialBytes), out length) && _partialBytes == PrefixBytes + length)
        {
            found(_partial.AsSpan(PrefixBytes, length));
            _partialBytes = 0;
        }

        return bytes[taken..];
    }

    private static bool TryReadLength(ReadOnlySpan<byte> bytes, out int length)
    {
        if (!BinaryPrimitives.TryReadInt32BigEndian(bytes, out length))
        {
            return false;
        }

        return length is >= 0 and <= LongestFrameBytes
            ? true
            : throw new InvalidDataException($"the emulator announced a frame of {(uint)length} bytes");
    }
}
