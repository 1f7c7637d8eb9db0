using System;
using System.Buffers.Binary;

namespace NooksOS.Extensions.KHttpd.Content;

/// <summary>
/// Bytes that look random: word n, little-endian, is the n-th output of splitmix64 with seed 0 (Steele, Lea, Flood: Fast Splittable
/// Pseudorandom Number Generators, OOPSLA 2014).
/// </summary>
internal sealed class RandomRepresentation(long lengthBytes, byte[] entityTag, long modifiedSeconds) : Representation
{
    private const ulong Step = 0x9E37_79B9_7F4A_7C15;

    private readonly byte[] _entityTag = entityTag;

    /// <inheritdoc/>
    public override long LengthBytes { get; } = lengthBytes;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> MediaType => MediaTypes.Bytes;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> EntityTag => _entityTag;

    /// <inheritdoc/>
    public override long ModifiedSeconds { get; } = modifiedSeconds;

    /// <inheritdoc/>
    public override void Read(long offset, Span<byte> destination)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        ulong index = (ulong)offset / sizeof(ulong);
        int skipped = (int)(offset % sizeof(ulong));
        if (skipped != 0)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, Mix(index++));
            int length = Math.Min(sizeof(ulong) - skipped, destination.Length);
            word.Slice(skipped, length).CopyTo(destination);
            destination = destination[length..];
        }

        while (destination.Length >= sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(destination, Mix(index++));
            destination = destination[sizeof(ulong)..];
        }

        BinaryPrimitives.WriteUInt64LittleEndian(word, Mix(index));
        word[..destination.Length].CopyTo(destination);
    }

    private static ulong Mix(ulong index)
    {
        ulong bits = (index + 1) * Step;
        bits = (bits ^ (bits >> 30)) * 0xBF58_476D_1CE4_E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB;
        return bits ^ (bits >> 31);
    }
}
