using System.Globalization;
using System.Text;
using NooksOS.Contracts;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery.Shadows;
using NooksOS.Storage;

namespace NooksOS.Image.Commands;

/// <summary><c>disks</c>: disks, their volumes and caches.</summary>
internal sealed class DisksCommand(DiskRegistry disks) : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "disks",
        Summary = "disks, their partitions, and what passed through them",
        Options = [CommandOption.Json],
        Details = "A request is retried when the device fails it, and replayed when its driver dies with it.",
    };

    public int Run(ShellContext context)
    {
        context.Output.Write(context.Json ? ToJson() : ToText());
        return ExitCode.Success;
    }

    private string ToText()
    {
        Table table = new(
            new TableColumn("NAME", "name"),
            new TableColumn("VOLUME", "volume"),
            new TableColumn("KIND", "kind"),
            new TableColumn("FIRST SECTOR", "firstSector"),
            new TableColumn("SECTORS", "sectors"),
            new TableColumn("MB", "megabytes"),
            new TableColumn("OWNER", "owner"));
        StringBuilder counts = new();
        foreach (AttachedDisk disk in disks.Disks)
        {
            foreach (Volume volume in disk.Volumes)
            {
                table.Add(
                    volume.Name,
                    volume.Number,
                    volume.Kind ?? disk.Disk.Identity.Model,
                    volume.FirstSector,
                    volume.Content.SectorCount,
                    volume.Content.SectorCount * volume.Content.SectorBytes / 1_000_000,
                    volume.Owner);
            }

            BlockDiskStatistics disk0 = disk.Disk.GetStatistics();
            CacheStatistics cache = disk.Cache.GetStatistics();
            counts.Append(
                CultureInfo.InvariantCulture,
                $"{disk.Name}: {disk0.Reads} reads, {disk0.Writes} writes, {disk0.Flushes} flushes, {disk0.Retries} retries, ");
            counts.Append(
                CultureInfo.InvariantCulture,
                $"{disk0.Replays} replays, {disk0.Errors} errors; cache {cache.Pages} pages, {cache.UnwrittenPages} unwritten\n");
        }

        return table.ToText() + counts;
    }

    private string ToJson()
    {
        JsonWriter json = new();
        json.BeginArray();
        foreach (AttachedDisk disk in disks.Disks)
        {
            BlockDiskIdentity identity = disk.Disk.Identity;
            json.BeginObject()
                .Property("name", disk.Name)
                .Property("model", identity.Model)
                .Property("serial", identity.Serial)
                .Property("sectorBytes", identity.Description.SectorBytes)
                .Property("sectors", identity.Description.SectorCount)
                .Property("readOnly", (identity.Description.Features & BlockDeviceFeatures.ReadOnly) != 0)
                .Property("volatileCache", (identity.Description.Features & BlockDeviceFeatures.VolatileCache) != 0)
                .Property("queueDepth", identity.Description.QueueDepth);
            WriteCounts(json, disk);
            json.Name("volumes").BeginArray();
            foreach (Volume volume in disk.Volumes)
            {
                json.BeginObject()
                    .Property("name", volume.Name)
                    .Property("volume", volume.Number)
                    .Property("kind", volume.Kind)
                    .Property("firstSector", volume.FirstSector)
                    .Property("sectors", volume.Content.SectorCount)
                    .Property("readOnly", volume.Content.IsReadOnly)
                    .Property("owner", volume.Owner)
                    .EndObject();
            }

            json.EndArray().EndObject();
        }

        return json.EndArray() + "\n";
    }

    private static void WriteCounts(JsonWriter json, AttachedDisk disk)
    {
        BlockDiskStatistics counts = disk.Disk.GetStatistics();
        CacheStatistics cache = disk.Cache.GetStatistics();
        json.Property("reads", counts.Reads)
            .Property("writes", counts.Writes)
            .Property("flushes", counts.Flushes)
            .Property("bytesRead", counts.BytesRead)
            .Property("bytesWritten", counts.BytesWritten)
            .Property("retries", counts.Retries)
            .Property("doubts", counts.Doubts)
            .Property("replays", counts.Replays)
            .Property("errors", counts.Errors)
            .Property("queued", counts.Queued)
            .Property("inFlight", counts.InFlight)
            .Property("instances", counts.Instances)
            .Name("cache")
            .BeginObject()
            .Property("pages", cache.Pages)
            .Property("unwrittenPages", cache.UnwrittenPages)
            .Property("hits", cache.Hits)
            .Property("misses", cache.Misses)
            .Property("pagesAhead", cache.PagesAhead)
            .Property("pagesWritten", cache.PagesWritten)
            .Property("flushes", cache.Flushes)
            .EndObject();
    }
}
