using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>Files on a disk that mtools wrote, while the file system and the driver of the disk crash.</summary>
public sealed class FilesOnDisk
{
    private static readonly string[] s_kinds = ["wild-write", "null", "loop", "exception", "bad-opcode"];

    [Fact]
    public async Task ATreeIsCopiedThoughFileSystemAndDriverCrash()
    {
        using DiskFile disk = new(32);
        SortedDictionary<string, string> digests = disk.WriteTree("tree", files: 60, seed: 1);
        await BootTest.RunAsync(new BootOptions { Disks = [disk.Path] }, async machine =>
        {
            Assert.Equal(digests, ReadDigests(await machine.RunAsync("sha256 /tree --json")));
            foreach (string extension in (string[])["vfat", "ahci"])
            {
                await machine.RunAsync($"policy {extension} restart initial=0 maximum=0 faults=0");
            }

            await machine.RunAsync("background \"cp /tree /copy --recursive\"");
            int turn = 0;
            do
            {
                await machine.TryAsync($"crash {(turn % 2 == 0 ? "vfat" : "ahci")} {s_kinds[turn / 2 % s_kinds.Length]}");
                turn++;
                await machine.TryAsync("sleep 0.3");
            }
            while (!(await machine.TryAsync("background")).Succeeded);

            Assert.Contains("60 files copied", await machine.RunAsync("background --wait"));
            Assert.Equal(digests, ReadDigests(await machine.RunAsync("sha256 /copy --json")));
            await machine.RunAsync("sync");
        });
        Assert.Empty(disk.Check());
        Assert.Equal(digests, disk.ReadDigests("copy"));
    }

    private static SortedDictionary<string, string> ReadDigests(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return new SortedDictionary<string, string>(
            document.RootElement.EnumerateArray().ToDictionary(
                file => file.GetProperty("path").GetString()!, file => file.GetProperty("sha256").GetString()!),
            StringComparer.Ordinal);
    }
}
