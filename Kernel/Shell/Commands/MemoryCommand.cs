using System;
using NooksOS.Kernel.Memory;
using NooksOS.Kernel.Threads;

namespace NooksOS.Kernel.Shell.Commands;

/// <summary>Shows how the machine's memory is used, exact to the page.</summary>
/// <param name="countDomainPages">Counts the pages that domains own at this moment.</param>
internal sealed class MemoryCommand(Func<long> countDomainPages) : ICommand
{
    private const int BytesPerKibibyte = 1024;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "mem",
        Summary = "memory of the machine and of the kernel's heap",
        Options = [new("collect", null, "collect the kernel's garbage first"), CommandOption.Json],
        Details = "What remains besides the kernel's heap, its threads, the domains and the page tables, all of which may grow, is\n"
            + "the kernel itself, code shared by the instances of an extension, and whatever was lost: with the same extensions\n"
            + "loaded the number of these other pages is the same before and after a recovery.",
    };

    public int Run(ShellContext context)
    {
        if (context.Arguments.Has("collect"))
        {
            GC.Collect();
        }

        // All at one moment, so that the sums fit: other threads go on meanwhile.
        long total = (long)FrameAllocator.TotalFrames;
        long domains;
        long free;
        long heap;
        long threads;
        long tables;
        do
        {
            domains = countDomainPages();
            free = (long)FrameAllocator.FreeFrames;
            heap = (long)PlatformPages.HeldPages;
            threads = (long)KernelThread.HeldPages;
            tables = (long)PageTables.CountTables(KernelAddressSpace.Root);
        }
        while (free != (long)FrameAllocator.FreeFrames || domains != countDomainPages());

        long other = total - free - heap - threads - domains - tables;
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
                .Property("threadPages", threads)
                .Property("domainPages", domains)
                .Property("tablePages", tables)
                .Property("otherPages", other)
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
        table.Add("kernel threads", threads, threads * KibibytesPerPage);
        table.Add("domains", domains, domains * KibibytesPerPage);
        table.Add("page tables", tables, tables * KibibytesPerPage);
        table.Add("other", other, other * KibibytesPerPage);
        context.Output.Write(table.ToText());
        context.Output.WriteLine($"live objects in the kernel heap: {heapUsedBytes / BytesPerKibibyte} KiB, {GC.CollectionCount(0)} collections");
        return ExitCode.Success;
    }
}
