using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Campaigns;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using Xunit;

namespace NooksOS.Tests.Units.Tool.Campaigns;

public sealed class LossesOnDisk
{
    [Fact]
    public async Task ASectorThatNobodyWroteIsMissed()
    {
        using TemporaryFolder folder = new();
        string image = folder.File("disk.img");
        FileWorkloadDisk disk = await FileWorkloadDisk.MakeAsync(image, folder.Location, CancellationToken.None);
        Assert.NotEmpty(disk.Digests);
        Assert.Null(await disk.FindLossAsync(isThorough: true, CancellationToken.None));
        byte[] content = await File.ReadAllBytesAsync(image);
        int last = Array.FindLastIndex(content, value => value != 0);
        content[last]++;
        await File.WriteAllBytesAsync(image, content);
        Assert.Equal($"sector {last / 512}, which nobody wrote, was changed on the disk", await disk.FindLossAsync(isThorough: false, CancellationToken.None));
    }

    [Fact]
    public async Task ATreeThatCannotBeFoundIsMissed()
    {
        using TemporaryFolder folder = new();
        string image = folder.File("disk.img");
        FileWorkloadDisk disk = await FileWorkloadDisk.MakeAsync(image, folder.Location, CancellationToken.None);
        await File.WriteAllBytesAsync(image, WithoutTable(image));
        Assert.Null(await disk.FindLossAsync(isThorough: false, CancellationToken.None));
        Assert.NotNull(await disk.FindLossAsync(isThorough: true, CancellationToken.None));
    }

    // A volume that could not be used any more was taken for a kernel that was damaged: what was wrong about it was still in the cache.
    [Fact]
    public async Task WhatIsNotOnTheMediumYetIsMissedToo()
    {
        using TemporaryFolder folder = new();
        string image = folder.File("disk.img");
        FileWorkloadDisk disk = await FileWorkloadDisk.MakeAsync(image, folder.Location, CancellationToken.None);
        byte[] content = WithoutTable(image);
        FileWorkload user = new(new GuestJobs((command, _) => Task.FromResult(Answer(command))), disk);

        Assert.Null(await user.FindLossAsync(isThorough: false, CancellationToken.None));
        Assert.NotNull(await user.FindLossAsync(isThorough: true, CancellationToken.None));

        CommandResult Answer(string command)
        {
            if (command.EndsWith("\"sync\"", StringComparison.Ordinal))
            {
                File.WriteAllBytes(image, content);
            }

            return new CommandResult(command, Status: 0, EndOf(command));
        }
    }

    // Trial vfat 24 of seed 14: a fresh instance found contradictions in what the one before had written, and let nobody write to the disk.
    [Theory]
    [InlineData("damaged", true)]
    [InlineData("in use", false)]
    public async Task WhatIsNeverWrittenBecauseItIsWrongIsMissedToo(string state, bool isMissed)
    {
        using TemporaryFolder folder = new();
        FileWorkloadDisk disk = await FileWorkloadDisk.MakeAsync(folder.File("disk.img"), folder.Location, CancellationToken.None);
        FileWorkload user = new(new GuestJobs((command, _) => Task.FromResult(Answer(command))), disk);
        Assert.Null(await user.FindLossAsync(isThorough: false, CancellationToken.None));
        Assert.Equal(isMissed, await user.FindLossAsync(isThorough: true, CancellationToken.None) is not null);

        CommandResult Answer(string command)
            => new(command, Status: 0, command == "mount --json" ? $"[{{\"path\":\"/\",\"state\":\"{state}\"}}]" : EndOf(command));
    }

    private static string EndOf(string command)
        => command.Contains("--watch", StringComparison.Ordinal) ? "[{\"name\":\"files\",\"line\":1,\"lines\":1,\"hasEnded\":true}]" : string.Empty;

    // Spoils the first table of clusters, of which the second is to be a copy.
    private static byte[] WithoutTable(string image)
    {
        byte[] content = File.ReadAllBytes(image);
        content.AsSpan(content[14] * 512, 512).Fill(0xFF);
        return content;
    }
}
