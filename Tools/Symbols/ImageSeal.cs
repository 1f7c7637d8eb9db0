using System;
using System.Buffers.Binary;
using System.IO;
using NooksOS.Isolation.Loading;

namespace NooksOS.Tools.Symbols;

/// <summary>Puts the checksum of an image into its header, so that the loader can tell a damaged file.</summary>
public static class ImageSeal
{
    private const uint ImageMagic = 0x4B4F4F4E;
    private const int ChecksumField = 12;

    /// <summary>Seals a stripped image in place.</summary>
    /// <exception cref="InvalidDataException">The file is not an image with a header where the loader looks for it.</exception>
    public static void Apply(string imagePath)
    {
        byte[] file = File.ReadAllBytes(imagePath);
        Apply(file, imagePath);
        File.WriteAllBytes(imagePath, file);
    }

    internal static void Apply(byte[] file, string imagePath)
    {
        ElfFile elf = new(file, imagePath);
        if (elf.ReadOnlySegmentOffset is not int header
            || header > file.Length - ChecksumField - sizeof(uint)
            || BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(header)) != ImageMagic)
        {
            throw new InvalidDataException($"{imagePath} has no image header at the start of its constants");
        }

        uint checksum = ImageChecksum.Compute(file, header + ChecksumField);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(header + ChecksumField), checksum);
    }
}
