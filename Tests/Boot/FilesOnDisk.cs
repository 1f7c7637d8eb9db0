using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Disks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>Files on a disk that mtools wrote, while the file system and the driver of the disk crash.</summary>
public sealed class FilesOnDisk
{
    private const int Files = 60;
    private const int FatBits = 16;
    private const int Megabytes = 32;
    private const int Replacements = 4;
    private const string Server = "iperf";

    private static readonly string[] s_kinds = ["wild-write", "null", "loop", "exception", "bad-opcode", "silent"];

    // The file system kept the whole disk open, which is none, and was refused the partition that is one.
    [Fact]
    public async Task APartitionIsMounted()
    {
        const int FirstSector = 2048;
        const int SectorBytes = 512;
        const int EntryOffset = 446;
        const int TypeOffset = 4;
        const int FirstSectorOffset = 8;
        const int SignatureOffset = 510;
        using TemporaryFolder folder = new();
        FatImage image = await FatImage.CreateAsync(folder.File("fat.img"), Megabytes, FatBits, CancellationToken.None);
        SortedDictionary<string, string> digests = FileTree.Write(folder.File("tree"), Files, seed: 2);
        await image.CopyInAsync(folder.File("tree"), CancellationToken.None);
        byte[] content = await File.ReadAllBytesAsync(image.Path);
        byte[] disk = new byte[(FirstSector * SectorBytes) + content.Length];
        content.CopyTo(disk, FirstSector * SectorBytes);
        disk[EntryOffset + TypeOffset] = 0x06;
        BinaryPrimitives.WriteUInt32LittleEndian(disk.AsSpan(EntryOffset + FirstSectorOffset), FirstSector);
        BinaryPrimitives.WriteUInt32LittleEndian(disk.AsSpan(EntryOffset + FirstSectorOffset + 4), (uint)(content.Length / SectorBytes));
        disk[SignatureOffset] = 0x55;
        disk[SignatureOffset + 1] = 0xAA;
        await File.WriteAllBytesAsync(folder.File("disk.img"), disk);
        await BootTest.RunAsync(new BootOptions { Disks = [folder.File("disk.img")] }, async machine =>
        {
            Assert.Equal(digests, GuestDigests.Parse(await machine.RunAsync("sha256 /tree --json")));
        });
    }

    [Theory]
    [InlineData(DiskBus.Ahci)]
    [InlineData(DiskBus.Virtio)]
    public async Task ATreeIsCopiedThoughFileSystemAndDriverCrash(DiskBus bus)
    {
        using TemporaryFolder folder = new();
        FatImage image = await FatImage.CreateAsync(folder.File("disk.img"), Megabytes, FatBits, CancellationToken.None);
        SortedDictionary<string, string> digests = FileTree.Write(folder.File("tree"), Files, seed: 1);
        await image.CopyInAsync(folder.File("tree"), CancellationToken.None);
        await BootTest.IsoAsync();
        Directory.CreateDirectory(folder.File("images"));
        File.Copy(Path.Combine(SourceTree.Find().Artifacts, "images", Server + ".nx"), folder.File($"images/{Server}.nx"));
        await image.CopyInAsync(folder.File("images"), CancellationToken.None);
        BootOptions options = new() { Disks = [image.Path], DiskBus = bus };
        await BootTest.RunAsync(options, async machine =>
        {
            Assert.Equal(digests, GuestDigests.Parse(await machine.RunAsync("sha256 /tree --json")));
            string[] extensions = ["vfat", options.DiskDriver];
            foreach (string extension in extensions)
            {
                await machine.RunAsync($"policy {extension} restart initial=0 maximum=0 faults=0");
            }

            await machine.RunAsync("background \"cp /tree /copy --recursive\"");
            int turn = 0;
            do
            {
                await machine.TryAsync($"crash {extensions[turn % 2]} {s_kinds[turn / 2 % s_kinds.Length]}");
                turn++;
                await machine.TryAsync("sleep 0.3");
            }
            while (!(await machine.TryAsync("background")).Succeeded);

            Assert.Contains($"{Files} files copied", await machine.RunAsync("background --wait"));
            Assert.Equal(digests, GuestDigests.Parse(await machine.RunAsync("sha256 /copy --json")));
            await machine.RunAsync("sync");
            await RequireNothingLostByReplacingAsync(machine);
        });
        Assert.Empty((await image.CheckAsync(CancellationToken.None)).Findings);
        await image.CopyOutAsync("/copy", folder.File("read"), CancellationToken.None);
        Assert.Equal(digests, FileTree.ReadDigests(folder.File("read")));
    }

    [Fact]
    public async Task WhatWasWrittenIsThereAfterTheMachineWasSwitchedOff()
    {
        using TemporaryFolder folder = new();
        FatImage image = await FatImage.CreateAsync(folder.File("disk.img"), Megabytes, FatBits, CancellationToken.None);
        BootOptions options = new() { Disks = [image.Path] };
        await BootTest.RunAsync(options, async machine =>
        {
            await machine.RunAsync("write /kept.txt hello");
            await machine.RunAsync("poweroff");
        });
        Assert.Empty((await image.CheckAsync(CancellationToken.None)).Findings);
        await BootTest.RunAsync(options, async machine => Assert.Contains("hello", await machine.RunAsync("cat /kept.txt")));
    }

    // What an image was kept in is given back once another one has its name and the last instance of it is gone.
    private static async Task RequireNothingLostByReplacingAsync(BootedMachine machine)
    {
        await machine.RunAsync($"ext load /images/{Server}.nx");
        await machine.RunAsync("verify");
        for (int count = 0; count < Replacements; count++)
        {
            await machine.RunAsync($"ext reload {Server} /images/{Server}.nx");
        }

        await machine.RunAsync("verify");
    }
}
