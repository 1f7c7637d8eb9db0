using System;
using NooksOS.Kernel.Memory;

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
        Details = "What remains besides the kernel's heap, its threads, the domains and the page tables, all of which may grow, and the images is\n"
            + "the kernel itself, code shared by the instances of an extension, and whatever was lost: with the same extensions\n"
            + "loaded the number of these other pages is the same before and after a recovery.",
    };

    public int Run(ShellContext context)
    {
        if (context.Arguments.Has("collect"))
        {
            GC.Collect();
        }

        MemoryUse use = MemoryUse.Take(countDomainPages);
        long heapUsedBytes = GC.GetTotalMemory(false);
        if (context.Json)
        {
            JsonWriter json = new();
            json.BeginObject()
                .Property("pageBytes", AddressLayout.PageBytes)
                .Property("totalPages", use.TotalPages)
                .Property("freePages", use.FreePages)
                .Property("usedPages", use.TotalPages - use.FreePages)
                .Property("kernelHeapPages", use.HeapPages)
                .Property("threadPages", use.ThreadPages)
                .Property("domainPages", use.DomainPages)
                .Property("tablePages", use.TablePages)
                .Property("bootImagePages", use.BootImagePages)
                .Property("otherPages", use.OtherPages)
                .Property("kernelHeapUsedBytes", heapUsedBytes)
                .Property("collections", GC.CollectionCount(0))
                .EndObject();
            context.Output.WriteLine(json.ToString());
            return ExitCode.Success;
        }

        const long KibibytesPerPage = AddressLayout.PageBytes / BytesPerKibibyte;
        Table table = new(new("MEMORY", "memory"), new("PAGES", "pages"), new("KIB", "kibibytes"));
        void Add(string name, long pages) => table.Add(name, pages, pages * KibibytesPerPage);
        Add("total", use.TotalPages);
        Add("free", use.FreePages);
        Add("used", use.TotalPages - use.FreePages);
        Add("kernel heap", use.HeapPages);
        Add("kernel threads", use.ThreadPages);
        Add("domains", use.DomainPages);
        Add("page tables", use.TablePages);
        Add("boot images", use.BootImagePages);
        Add("other", use.OtherPages);
        context.Output.Write(table.ToText());
        context.Output.WriteLine($"live objects in the kernel heap: {heapUsedBytes / BytesPerKibibyte} KiB, {GC.CollectionCount(0)} collections");
        return ExitCode.Success;
    }
}
