using System;
using System.Runtime;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Diagnostics;
using NooksOS.Kernel.Memory;

namespace NooksOS.Kernel.Startup;

/// <summary>
/// The first C# code that runs, called by the boot code. The base library is not initialised yet: no string literal, no type
/// check, no object, no static with an initialiser may be used from here.
/// </summary>
internal static unsafe class KernelEarly
{
    private const int MaximumReservedRanges = 64;
    private const ulong FirstMegabyte = 1024 * 1024;

    [RuntimeExport("KernelEarly")]
    private static void Start(ulong bootInformationAddress)
    {
        KernelConsole.InitializeSerial();
        ControlChannel.Initialize();
        KernelAddressSpace.BorrowBootMap();
        if (!BootEnvironment.TryAdopt(bootInformationAddress))
        {
            Panic.Stop("the boot loader gave no information"u8, bootInformationAddress);
        }

        BootInformation information = BootEnvironment.Information;
        KernelSections sections = KernelSections.Read();
        Span<PhysicalRange> reserved = stackalloc PhysicalRange[MaximumReservedRanges];
        int count = CollectReserved(in information, in sections, reserved);
        if (!FrameAllocator.TryInitialize(in information, reserved[..count], out _)
            || !KernelAddressSpace.TryBuild(in information, in sections)
            || !KernelMappings.TryInitialize())
        {
            Panic.Stop("too little memory to start"u8, FrameAllocator.TotalFrames);
        }

        // Its page tables are not in force any more, and what runs now lies in the image proper.
        FrameAllocator.AddReserved(sections.BootRange);
        Screen.Initialize(in information);
        ProcessorStartup.Initialize();
        TrapHooks.FatalException = &Panic.OnFatalException;
        Span<byte> buffer = stackalloc byte[128];
        Utf8Text line = new(buffer);
        line.Append("memory: "u8);
        line.AppendDecimal(FrameAllocator.TotalFrames / 256);
        line.Append(" MiB"u8);
        Log.Write(line.Written);
    }

    // The first megabyte holds what the firmware and devices expect there.
    private static int CollectReserved(in BootInformation information, in KernelSections sections, Span<PhysicalRange> reserved)
    {
        int count = 0;
        reserved[count++] = new PhysicalRange(0, FirstMegabyte);
        reserved[count++] = sections.BootRange;
        reserved[count++] = sections.PhysicalRange;
        reserved[count++] = BootEnvironment.Range;
        foreach (BootModule module in information.Modules)
        {
            if (count == reserved.Length)
            {
                Panic.Stop("too many boot modules"u8, (ulong)count);
            }

            reserved[count++] = module.Range;
        }

        return count;
    }
}
