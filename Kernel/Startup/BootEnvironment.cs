using System;
using NooksOS.Kernel.Memory;

namespace NooksOS.Kernel.Startup;

/// <summary>What the boot loader left in memory. It and the modules stay there for as long as the kernel runs.</summary>
public static unsafe class BootEnvironment
{
    private static ulong s_address;
    private static uint s_lengthBytes;

    /// <summary>The boot information, read anew each time: it is a view over memory.</summary>
    public static BootInformation Information
    {
        get
        {
            // SAFETY: the size was checked when the kernel started, and the frames are never given out.
            ReadOnlySpan<byte> bytes = new(PhysicalMemory.ToPointer(s_address), (int)s_lengthBytes);
            BootInformation.TryParse(bytes, out BootInformation information);
            return information;
        }
    }

    /// <summary>Finds the module of a name. False if the boot loader brought none.</summary>
    public static bool TryGetModule(scoped ReadOnlySpan<byte> name, out ReadOnlySpan<byte> content)
    {
        foreach (BootModule module in Information.Modules)
        {
            if (module.Name.SequenceEqual(name))
            {
                content = ContentOf(module);
                return true;
            }
        }

        content = default;
        return false;
    }

    /// <summary>The bytes of a module.</summary>
    public static ReadOnlySpan<byte> ContentOf(BootModule module)

        // SAFETY: modules lie in memory that the allocator never gives out, and the direct map covers it.
        => new(PhysicalMemory.ToPointer(module.Range.Start), (int)module.Range.LengthBytes);

    /// <summary>Where the information lies.</summary>
    internal static PhysicalRange Range => new(s_address, s_address + s_lengthBytes);

    /// <summary>Remembers where the boot loader has put its information. False if there is none there.</summary>
    internal static bool TryAdopt(ulong physicalAddress)
    {
        const int HeaderBytes = 8;

        // SAFETY: the boot code got this address from the loader, and the first 4 GiB are mapped.
        ReadOnlySpan<byte> header = new(PhysicalMemory.ToPointer(physicalAddress), HeaderBytes);
        s_address = physicalAddress;
        s_lengthBytes = BootInformation.ReadTotalBytes(header);
        return s_lengthBytes != 0;
    }
}
