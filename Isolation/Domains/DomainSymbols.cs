using System;
using System.Buffers.Binary;
using NooksOS.Isolation.Loading;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Diagnostics;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>
/// Names for addresses in domains, when a panic asks: an extension that runs without isolation can take the kernel down. The image
/// in the slot says by its header whose it is. Allocates nothing.
/// </summary>
public static unsafe class DomainSymbols
{
    /// <summary>Lets panics ask.</summary>
    public static void Install() => Panic.DomainSymbolizer = &AppendLocation;

    private static void AppendLocation(ulong address, ref Utf8Text text)
    {
        ulong image = AddressLayout.SlotBase(AddressLayout.SlotOf(address)) + SlotLayout.Image;
        Span<byte> header = stackalloc byte[ImageHeader.LengthBytes];
        if (!TryReadHeader(image, header))
        {
            return;
        }

        ReadOnlySpan<byte> name = header.Slice(ImageHeader.NameField, ImageHeader.HighestNameBytes);
        int end = name.IndexOf((byte)0);
        name = end < 0 ? name : name[..end];
        text.Append((byte)' ');
        text.Append(name);
        Utf8Text module = new(stackalloc byte[ImageHeader.HighestNameBytes + 4]);
        module.Append(name);
        module.Append(".sym"u8);
        if (ImageSymbols.TryFind(module.Written, address - image, out SymbolLocation location))
        {
            text.Append(": "u8);
            location.AppendTo(ref text);
        }
    }

    // It begins one of the image's pages, behind the code.
    private static bool TryReadHeader(ulong image, Span<byte> header)
    {
        fixed (byte* destination = header)
        {
            // SAFETY: the copy checks the source, and the destination has this length.
            for (ulong page = image; Traps.FaultSafeCopy(destination, (void*)page, ImageHeader.LengthBytes) == 0; page += AddressLayout.PageBytes)
            {
                if (BinaryPrimitives.ReadUInt32LittleEndian(header) == ImageHeader.Magic)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
