using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>
/// Has the device itself write to memory of the kernel: what its driver has told it of its own buffers, and of the memory of requests, names
/// another place from now on.
/// </summary>
internal static class WildDma
{
    private const int LongestRingBytes = 64 * 1024;

    private static readonly List<MappedDmaBuffer> s_buffers = [];

    /// <summary>Remembers a buffer whose address may be told to the device.</summary>
    internal static void Note(MappedDmaBuffer buffer) => s_buffers.Add(buffer);

    /// <summary>Begins. The device does it with the next frame or request.</summary>
    /// <param name="target">Where the device is to write, as it sees it.</param>
    internal static void Begin(ulong target)
    {
        bool isOfDisks = false;
        BlockDeviceStubs.Replace(driver =>
        {
            isOfDisks = true;
            return new AstrayBlockDevice(driver, target);
        });
        if (!isOfDisks)
        {
            Redirect((uint)target);
        }
    }

    // Every word that is an address in one of the buffers: descriptors of rings, of whatever layout. Addresses of devices that have 32 bits
    // of them, and the lower halves of others, look the same. What is too long for a ring holds frames: to look there takes so long that the
    // call would count as hung.
    private static void Redirect(uint target)
    {
        foreach (MappedDmaBuffer holder in s_buffers)
        {
            Span<uint> words = MemoryMarshal.Cast<byte, uint>(holder.Bytes);
            if (words.Length <= LongestRingBytes / sizeof(uint))
            {
                foreach (MappedDmaBuffer buffer in s_buffers)
                {
                    Redirect(words, (uint)buffer.DeviceAddress, (uint)buffer.Bytes.Length, target);
                }
            }
        }
    }

    private static void Redirect(Span<uint> words, uint first, uint lengthBytes, uint target)
    {
        foreach (ref uint word in words)
        {
            if (word - first < lengthBytes)
            {
                word = target;
            }
        }
    }
}
