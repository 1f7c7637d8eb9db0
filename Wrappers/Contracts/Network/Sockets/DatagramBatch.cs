using System;
using System.Buffers.Binary;

namespace NooksOS.Contracts;

/// <summary>
/// How several datagrams cross a boundary in one call: a header of <see cref="HeaderBytes"/>, little-endian, then the payload.
/// The reader trusts nothing: a length that does not fit ends the batch.
/// </summary>
public static class DatagramBatch
{
    /// <summary>The largest batch, in bytes.</summary>
    public const int MaximumBytes = 32 * 1024;

    /// <summary>The largest payload.</summary>
    public const int MaximumDatagramBytes = 16 * 1024;

    /// <summary>Before each payload: its length, local port, remote port, each of 16 bits; two bytes of zero; remote address.</summary>
    public const int HeaderBytes = 12;

    private const int LocalPortOffset = 2;
    private const int RemotePortOffset = 4;
    private const int ReservedOffset = 6;
    private const int RemoteAddressOffset = 8;

    /// <summary>Appends a datagram. False if it does not fit or is too long.</summary>
    public static bool TryAppend(Span<byte> batch, ref int usedBytes, scoped in Datagram datagram)
    {
        int length = datagram.Payload.Length;
        if (length > MaximumDatagramBytes || batch.Length - usedBytes < HeaderBytes + length)
        {
            return false;
        }

        Span<byte> record = batch[usedBytes..];
        BinaryPrimitives.WriteUInt16LittleEndian(record, (ushort)length);
        BinaryPrimitives.WriteUInt16LittleEndian(record[LocalPortOffset..], datagram.LocalPort);
        BinaryPrimitives.WriteUInt16LittleEndian(record[RemotePortOffset..], datagram.RemotePort);
        BinaryPrimitives.WriteUInt16LittleEndian(record[ReservedOffset..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(record[RemoteAddressOffset..], datagram.RemoteAddress);
        datagram.Payload.CopyTo(record[HeaderBytes..]);
        usedBytes += HeaderBytes + length;
        return true;
    }

    /// <summary>Takes the next datagram. False at the end, or at a length that is impossible.</summary>
    public static bool TryRead(scoped ref ReadOnlySpan<byte> batch, out Datagram datagram)
    {
        datagram = default;
        if (batch.Length < HeaderBytes)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(batch);
        if (length > MaximumDatagramBytes || length > batch.Length - HeaderBytes)
        {
            return false;
        }

        datagram = new Datagram
        {
            LocalPort = BinaryPrimitives.ReadUInt16LittleEndian(batch[LocalPortOffset..]),
            RemotePort = BinaryPrimitives.ReadUInt16LittleEndian(batch[RemotePortOffset..]),
            RemoteAddress = BinaryPrimitives.ReadUInt32LittleEndian(batch[RemoteAddressOffset..]),
            Payload = batch.Slice(HeaderBytes, length),
        };
        batch = batch[(HeaderBytes + length)..];
        return true;
    }
}
