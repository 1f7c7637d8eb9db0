using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Campaigns;
using NooksOS.Tool.Host;
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
        byte[] content = await File.ReadAllBytesAsync(image);

        // The first table of clusters, of which the second is to be a copy.
        content.AsSpan(content[14] * 512, 512).Fill(0xFF);
        await File.WriteAllBytesAsync(image, content);
        Assert.Null(await disk.FindLossAsync(isThorough: false, CancellationToken.None));
        Assert.NotNull(await disk.FindLossAsync(isThorough: true, CancellationToken.None));
    }
}
