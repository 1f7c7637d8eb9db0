using System;
using System.Linq;
using NooksOS.Files;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery;
using NooksOS.Storage;

namespace NooksOS.Image.Commands;

/// <summary><c>filebench</c>: how fast files are.</summary>
internal sealed class MeasureFilesCommand(FileSystem files, DiskRegistry disks, IKernelClock clock) : FileCommand(files)
{
    private const double NanosecondsPerMillisecond = 1e6;
    private const double BytesPerKilobyte = 1e3;
    private const string First = "begin";
    private const string Last = "end";

    public override CommandSyntax Syntax { get; } = new()
    {
        Name = "filebench",
        Summary = "measure files: sequential, random, and many small ones",
        Arguments = "[STEP]",
        MaximumArguments = 1,
        Options = [CommandOption.Json],
        Details = "In a directory /bench.tmp, which is removed. Reads come from the disk; what is written is on it when the time ends.\n"
            + "A step is 'begin', one of the loads, which build on each other, or 'end'. Without one, all of them.",
    };

    protected override int Carry(ShellContext context)
    {
        FileLoad load = new(Files, Forget, context.Cancellation.ThrowIfCancellationRequested);
        Table table = new(
            new TableColumn("LOAD", "load"),
            new TableColumn("BYTES", "bytes"),
            new TableColumn("MS", "milliseconds"),
            new TableColumn("KB/S", "kilobytesPerSecond"));
        string? step = context.Arguments.Get(0);
        if (step is not (null or First or Last) && load.All.All(known => known.Name != step))
        {
            throw new UsageException($"there is no step '{step}'");
        }

        if (step is null or First)
        {
            load.Begin();
        }

        foreach ((string name, Func<long> run) in load.All)
        {
            if (step is not null && step != name)
            {
                continue;
            }

            long start = clock.NowNanoseconds;
            long bytes = run();
            double milliseconds = (clock.NowNanoseconds - start) / NanosecondsPerMillisecond;
            table.Add(name, bytes, Math.Round(milliseconds, 3), Math.Round(bytes / BytesPerKilobyte / milliseconds * 1e3, 1));
        }

        if (step is null or Last)
        {
            load.Clear();
        }

        context.Print(table);
        return ExitCode.Success;
    }

    private void Forget()
    {
        foreach (AttachedDisk disk in disks.Disks)
        {
            disk.Cache.Forget();
        }
    }
}
