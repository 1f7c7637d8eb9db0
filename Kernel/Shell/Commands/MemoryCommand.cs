using System;
using NooksOS.Kernel.Memory;
using NooksOS.Kernel.Threads;

namespace NooksOS.Kernel.Shell.Commands;

/// <summary>Shows how the machine's memory is used, exact to the page.</summary>
internal sealed class MemoryCommand : ICommand
{
    private const int BytesPerKibibyte = 1024;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "mem",
        Summary = "memory of the machine and of the kernel's heap",
        Options = [new("collect", null, "collect the kernel's garbage first"), CommandOption.Json],
        Details = "Pages outside the kernel's heap are those of domains, page tables, stacks and transfer buffers:\n"
            + "with the same extensions loaded their number is the same before and after a recovery.",
    };

    public int Run(ShellContext context)
    {
        if (context.Arguments.Has("collect"))
        {
            GC.Collect();
        }

        // One look at each, so that the sums fit.
        long total = (long)FrameAllocator.TotalFrames;
        long free = (long)FrameAllocator.FreeFrames;
        long heap = (long)PlatformPages.HeldPages;
        long heapUsedBytes = GC.GetTotalMemory(false);
        if (context.Json)
        {
            JsonWriter json = new();
            json.BeginObject()
                .Property("pageBytes", AddressLayout.PageBytes)
                .Property("totalPages", total)
                .Property("freePages", free)
                .Property("usedPages", total - free)
                .Property("kernelHeapPages", heap)
                .Property("outsideHeapPages", total - free - heap)
                .Property("threadPages", (long)KernelThread.HeldPages)
                .Property("kernelHeapUsedBytes", heapUsedBytes)
                .Property("collections", GC.CollectionCount(0))
                .EndObject();
            context.Output.WriteLine(json.ToString());
            return ExitCode.Success;
        }

        const long KibibytesPerPage = AddressLayout.PageBytes / BytesPerKibibyte;
        Table table = new(new("MEMORY", "memory"), new("PAGES", "pages"), new("KIB", "kibibytes"));
        table.Add("total", total, total * KibibytesPerPage);
        table.Add("free", free, free * KibibytesPerPage);
        table.Add("used", total - free, (total - free) * KibibytesPerPage);
        table.Add("kernel heap", heap, heap * KibibytesPerPage);
        table.Add("outside the heap", total - free - heap, (total - free - heap) * KibibytesPerPage);
        context.Output.Write(table.ToText());
        context.Output.WriteLine($"live objects in the kernel heap: {heapUsedBytes / BytesPerKibibyte} KiB, {GC.CollectionCount(0)} collections");
        return ExitCode.Success;
    }
}
