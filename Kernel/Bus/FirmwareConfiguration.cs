using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;

namespace NooksOS.Kernel.Bus;

/// <summary>Files that the emulator hands to the guest.</summary>
public static class FirmwareConfiguration
{
    private const ushort SignatureKey = 0x00;
    private const ushort DirectoryKey = 0x19;
    private const int KeyOffset = 4;
    private const int NameOffset = 8;
    private const int EntryBytes = 64;
    private const uint MaximumFileCount = 1024;

    /// <summary>Reads a file. Null if there is no such device or file, or it is larger than the limit.</summary>
    public static byte[]? ReadFile(IFirmwareConfigurationPort port, ReadOnlySpan<byte> name, int maximumBytes)
    {
        ArgumentNullException.ThrowIfNull(port);
        Span<byte> entry = stackalloc byte[EntryBytes];
        for (uint left = OpenDirectory(port); left > 0; left--)
        {
            Fill(port, entry);
            if (!NameOf(entry).SequenceEqual(name))
            {
                continue;
            }

            uint lengthBytes = BinaryPrimitives.ReadUInt32BigEndian(entry);
            if (lengthBytes > maximumBytes)
            {
                return null;
            }

            byte[] content = new byte[lengthBytes];
            port.Select(BinaryPrimitives.ReadUInt16BigEndian(entry[KeyOffset..]));
            Fill(port, content);
            return content;
        }

        return null;
    }

    /// <summary>Lists the files of a folder: what follows the prefix in the names that begin with it.</summary>
    public static IReadOnlyList<string> ListFiles(IFirmwareConfigurationPort port, ReadOnlySpan<byte> prefix)
    {
        ArgumentNullException.ThrowIfNull(port);
        List<string> names = [];
        Span<byte> entry = stackalloc byte[EntryBytes];
        for (uint left = OpenDirectory(port); left > 0; left--)
        {
            Fill(port, entry);
            ReadOnlySpan<byte> name = NameOf(entry);
            if (name.StartsWith(prefix))
            {
                names.Add(Encoding.ASCII.GetString(name[prefix.Length..]));
            }
        }

        return names;
    }

    // Leaves the port at the first entry. Returns how many there are: none without the device.
    private static uint OpenDirectory(IFirmwareConfigurationPort port)
    {
        Span<byte> word = stackalloc byte[4];
        port.Select(SignatureKey);
        Fill(port, word);
        if (!word.SequenceEqual("QEMU"u8))
        {
            return 0;
        }

        port.Select(DirectoryKey);
        Fill(port, word);
        return Math.Min(BinaryPrimitives.ReadUInt32BigEndian(word), MaximumFileCount);
    }

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> entry)
    {
        ReadOnlySpan<byte> name = entry[NameOffset..];
        int end = name.IndexOf((byte)0);
        return end < 0 ? name : name[..end];
    }

    private static void Fill(IFirmwareConfigurationPort port, Span<byte> destination)
    {
        for (int index = 0; index < destination.Length; index++)
        {
            destination[index] = port.ReadNext();
        }
    }
}
