using System;
using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>
/// Files of so many clusters that to come to one far behind takes longer than a call may. A call that went all the way was ended as one that
/// loops, again and again, and the file could not be used.
/// </summary>
public sealed class LongChains
{
    private const int ClusterBytes = 512;
    private const int FileClusters = 40_000;

    private readonly byte[] _content = new byte[FileClusters * ClusterBytes];
    private readonly FileMachine _machine = new(new MemoryVolume(HostTools.Format(16, 24 * 1024, "-s", "1")));

    public LongChains()
    {
        new Random(1).NextBytes(_content);
        _machine.WriteFile("/long", _content);

        // What this instance has found is not known to the next.
        _machine.Restart();
    }

    [Fact]
    public void AFarPlaceIsFoundInSeveralCalls()
    {
        FileNode file = _machine.Instance.Find("/long").Value.Node;
        uint offset = (uint)_content.Length - 1;
        FileRun[] runs = new FileRun[FileLimits.Runs];
        FileReply reply = _machine.Instance.Locate(file, offset, runs).Value;
        int calls = 1;
        for (; reply.Status == FileStatus.Unfinished; calls++)
        {
            Assert.Equal(file, reply.Node with { CursorIndex = file.CursorIndex, CursorCluster = file.CursorCluster });
            Assert.InRange(reply.Node.CursorIndex, file.CursorIndex + 1, file.CursorIndex + (FileClusters / 2));
            file = reply.Node;
            reply = _machine.Instance.Locate(file, offset, runs).Value;
        }

        Assert.Equal((FileStatus.Ok, 1u, 3), (reply.Status, reply.Count, calls));
        Assert.Equal(_content[^1], _machine.Volume.Image[(int)(runs[0].Position + offset - runs[0].Offset)]);
    }

    [Theory]
    [InlineData(FileClusters - 1, 100)]
    [InlineData(FileClusters - 1, FileClusters / 2)]
    public void WhoeverReadsNoticesNothing(int firstCluster, int secondCluster)
    {
        int deaths = _machine.Deaths;
        Handle<TrackedObjects.File> file = _machine.Open("/long", FileRequests.Read);
        byte[] read = new byte[ClusterBytes];
        foreach (int cluster in new[] { firstCluster, secondCluster })
        {
            FileMachine.Ok(_machine.Files.Seek(file, (ulong)(cluster * ClusterBytes)));
            FileMachine.Ok(_machine.Files.Read(file, read));
            Assert.Equal(_content[(cluster * ClusterBytes)..((cluster + 1) * ClusterBytes)], read);
        }

        FileMachine.Ok(_machine.Files.Close(file));
        Assert.Equal(deaths, _machine.Deaths);
    }

    [Fact]
    public void ALongFileGetsLongerAndShorter()
    {
        int deaths = _machine.Deaths;
        byte[] more = [.. _content.Take(3 * ClusterBytes)];
        _machine.Append("/long", more);
        Assert.Equal([.. _content, .. more], _machine.ReadFile("/long"));
        _machine.Restart();
        int kept = (FileClusters - 1) * ClusterBytes;
        _machine.SetLength("/long", (ulong)kept);
        _machine.Restart();
        Assert.Equal(_content[..kept], _machine.ReadFile("/long"));
        FileMachine.Ok(_machine.Files.Synchronize());
        Assert.Empty(HostTools.Check(_machine.Volume.Image));
        Assert.Equal(deaths + 2, _machine.Deaths);
    }

    [Fact]
    public void WhoComesNoNearerIsReplaced()
    {
        int deaths = _machine.Deaths;
        Handle<TrackedObjects.File> file = _machine.Open("/long", FileRequests.Read);
        _machine.NextRefusal = FileStatus.Unfinished;
        byte[] read = new byte[ClusterBytes];
        FileMachine.Ok(_machine.Files.Read(file, read));
        Assert.Equal(_content[..ClusterBytes], read);
        FileMachine.Ok(_machine.Files.Close(file));
        Assert.Equal(deaths + 1, _machine.Deaths);
    }
}
