using System;
using System.Buffers.Binary;

namespace NooksOS.Kernel.Bus;

/// <summary>Files that the emulator hands to the guest.</summary>
public static class FirmwareConfiguration
{
    private const ushort SignatureKey = 0x00;
    private const ushort DirectoryKey = 0x19;
    private const int NameOffset = 8;
    private const int EntryBytes = 64;
    private const uint MaximumFileCount = 1024;

    /// <summary>Reads a file. Null if there is no such device or file, or it is larger than the limit.</summary>
    public static byte[]? ReadFile(IFirmwareConfigurationPort port, ReadOnlySpan<byte> name, int maximumBytes)
    {
        Span<byte> word = stackalloc byte[4];
        port.Select(SignatureKey);
        Fill(port, word);
        if (!word.SequenceEqual("QEMU"u8))
        {
            return null;
        }

        port.Select(DirectoryKey);
        Fill(port, word);
        uint count = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(word), MaximumFileCount);
        Span<byte> entry = stackalloc byte[EntryBytes];
        for (uint index = 0; index < count; index++)
        {
            Fill(port, entry);
            ReadOnlySpan<byte> entryName = entry[NameOffset..];
            int end = entryName.IndexOf((byte)0);
            if (!entryName[..(end < 0 ? entryName.Length : end)].SequenceEqual(name))
            {
                continue;
            }

            uint lengthBytes = BinaryPrimitives.ReadUInt32BigEndian(entry);
            if (lengthBytes > maximumBytes)
            {
                return null;
            }

            byte[] content = new byte[lengthBytes];
            port.Select(BinaryPrimitives.ReadUInt16BigEndian(entry[4..]));
            Fill(port, content);
            return content;
        }

        return null;
    }

    private static void Fill(IFirmwareConfigurationPort port, Span<byte> destination)
    {
        for (int index = 0; index < destination.Length; index++)
        {
            destination[index] = port.ReadNext();
        }
    }
}
