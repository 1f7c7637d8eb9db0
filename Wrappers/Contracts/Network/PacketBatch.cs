using System;
using System.Buffers.Binary;

namespace NooksOS.Contracts;

/// <summary>
/// How several frames cross a boundary in one call: each frame is preceded by its length as a little-endian 16-bit number.
/// The reader trusts nothing: a length that does not fit ends the batch.
/// </summary>
public static class PacketBatch
{
    /// <summary>The largest batch, in bytes.</summary>
    public const int MaximumBytes = 96 * 1024;

    /// <summary>The largest frame, without frame check sequence: Ethernet with one VLAN tag.</summary>
    public const int MaximumFrameBytes = 1518;

    /// <summary>The most frames in one batch.</summary>
    public const int MaximumFrames = 64;

    /// <summary>The largest batch of an exchange, in bytes: it is not copied, and lies in memory that both sides see.</summary>
    public const int ExchangeBytes = 2 * MaximumBytes;

    /// <summary>The most frames in one batch of an exchange.</summary>
    public const int ExchangeFrames = 2 * MaximumFrames;

    /// <summary>What precedes each frame.</summary>
    public const int LengthBytes = sizeof(ushort);

    /// <summary>Appends a frame. False if it does not fit or is not a possible frame.</summary>
    public static bool TryAppend(Span<byte> batch, ref int usedBytes, ReadOnlySpan<byte> frame)
    {
        if (!TryReserve(batch, ref usedBytes, frame.Length, out Span<byte> space))
        {
            return false;
        }

        frame.CopyTo(space);
        return true;
    }

    /// <summary>
    /// Appends a frame that the caller then writes in place, which saves a copy. What the space held before is still in it.
    /// False if it does not fit or is not a possible frame.
    /// </summary>
    public static bool TryReserve(Span<byte> batch, ref int usedBytes, int frameBytes, out Span<byte> frame)
    {
        frame = default;
        if (frameBytes is <= 0 or > MaximumFrameBytes || batch.Length - usedBytes < frameBytes + LengthBytes)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(batch[usedBytes..], (ushort)frameBytes);
        frame = batch.Slice(usedBytes + LengthBytes, frameBytes);
        usedBytes += frameBytes + LengthBytes;
        return true;
    }

    /// <summary>Takes the next frame. False at the end, or at a length that is impossible.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> batch, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (batch.Length < LengthBytes)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(batch);
        if (length is 0 or > MaximumFrameBytes || length > batch.Length - LengthBytes)
        {
            return false;
        }

        frame = batch.Slice(LengthBytes, length);
        batch = batch[(LengthBytes + length)..];
        return true;
    }
}
