using System;
using System.Buffers.Binary;

namespace NooksOS.Programs.Play;

/// <summary>
/// Finds format and samples in a WAV file ("Multimedia Programming Interface and Data Specifications 1.0", chapter 3). No length that
/// the file states is trusted: every one is held against what there is.
/// </summary>
internal static class WavHeader
{
    private const int FormHeaderBytes = 12;
    private const int ChunkHeaderBytes = 8;
    private const int FormatBytes = 16;
    private const int ExtensibleBytes = 26;
    private const int SubFormatOffset = 24;
    private const int MaximumChunks = 1000;
    private const ushort LinearSamples = 1;
    private const ushort Extensible = 0xFFFE;
    private const uint SlowestFramesPerSecond = 1000;
    private const uint FastestFramesPerSecond = 384_000;

    private static ReadOnlySpan<byte> FormTag => "RIFF"u8;

    private static ReadOnlySpan<byte> WaveTag => "WAVE"u8;

    private static ReadOnlySpan<byte> FormatTag => "fmt "u8;

    private static ReadOnlySpan<byte> DataTag => "data"u8;

    /// <summary>Reads the header. Null if it can be played; or one line that says why not.</summary>
    public static string? TryRead(IByteFile file, out WavFormat format)
    {
        format = default;
        Span<byte> header = stackalloc byte[FormHeaderBytes];
        if (file.Read(0, header) != header.Length || !header[..4].SequenceEqual(FormTag) || !header[8..].SequenceEqual(WaveTag))
        {
            return "it is not a WAV file";
        }

        WavFormat? described = null;
        ulong offset = FormHeaderBytes;
        for (int chunk = 0; chunk < MaximumChunks; chunk++)
        {
            Span<byte> tag = header[..ChunkHeaderBytes];
            if (offset > file.LengthBytes || file.Read(offset, tag) != tag.Length)
            {
                return "it has no samples";
            }

            uint statedBytes = BinaryPrimitives.ReadUInt32LittleEndian(tag[4..]);
            offset += ChunkHeaderBytes;
            ulong leftBytes = file.LengthBytes - Math.Min(offset, file.LengthBytes);
            if (tag[..4].SequenceEqual(FormatTag))
            {
                string? problem = ReadFormat(file, offset, Math.Min(statedBytes, leftBytes), out WavFormat read);
                if (problem is not null)
                {
                    return problem;
                }

                described = read;
            }
            else if (tag[..4].SequenceEqual(DataTag))
            {
                if (described is not { } known)
                {
                    return "its format comes after its samples, or not at all";
                }

                // A recorder that did not come to its end leaves no length, or the longest one.
                ulong lengthBytes = statedBytes == 0 ? leftBytes : Math.Min(statedBytes, leftBytes);
                format = known with { OffsetBytes = offset, LengthBytes = lengthBytes - (lengthBytes % known.FrameBytes) };
                return null;
            }

            // Chunks begin at even offsets.
            offset += (ulong)statedBytes + (statedBytes & 1);
        }

        return "it has too many parts";
    }

    private static string? ReadFormat(IByteFile file, ulong offset, ulong lengthBytes, out WavFormat format)
    {
        format = default;
        Span<byte> bytes = stackalloc byte[ExtensibleBytes];
        bytes = bytes[..(int)Math.Min((ulong)bytes.Length, lengthBytes)];
        if (bytes.Length < FormatBytes || file.Read(offset, bytes) != bytes.Length)
        {
            return "its format is cut off";
        }

        ushort kind = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        if (kind == Extensible && bytes.Length == ExtensibleBytes)
        {
            kind = BinaryPrimitives.ReadUInt16LittleEndian(bytes[SubFormatOffset..]);
        }

        uint channels = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
        uint framesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        uint frameBytes = BinaryPrimitives.ReadUInt16LittleEndian(bytes[12..]);
        uint bitsPerSample = BinaryPrimitives.ReadUInt16LittleEndian(bytes[14..]);
        if (kind != LinearSamples || channels is not (1 or 2) || bitsPerSample is not (8 or 16))
        {
            return $"it has {channels} channels of {bitsPerSample} bits in format {kind}; only one or two of 8 or 16 bits in format 1 can be played";
        }

        if (framesPerSecond is < SlowestFramesPerSecond or > FastestFramesPerSecond)
        {
            return $"its rate, {framesPerSecond} per second, cannot be";
        }

        format = new WavFormat(framesPerSecond, channels, bitsPerSample, 0, 0);
        return frameBytes == format.FrameBytes ? null : "its frames have another length than their samples";
    }
}
