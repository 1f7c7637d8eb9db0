using System;
using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>An instance that has gone wrong contradicts what is known; whoever uses files does not notice, and nobody who is right is blamed.</summary>
public sealed class AnswersThatContradict
{
    private readonly FileMachine _machine = new(new MemoryVolume(HostTools.Format(16, 4096, "-s", "1")));

    // Trial vfat 3 of seed 71: each listing ended with a failure of the device, which had failed nothing, for ever.
    [Fact]
    public void AFailureThatTheDeviceHasNotHadIsNotBelieved()
    {
        _machine.NextRefusal = FileStatus.DeviceError;
        AssertOneDeath(() => FileMachine.Ok(_machine.Files.CreateDirectory("/directory")));
    }

    [Fact]
    public void AFailureOfTheDeviceCostsNobodyHisInstance()
    {
        int deaths = _machine.Deaths;
        _machine.Volume.Fails = (isWrite, _) => isWrite;
        Assert.Equal(FileStatus.DeviceError, _machine.Files.CreateDirectory("/directory").Value.Status);
        Assert.Equal(deaths, _machine.Deaths);
    }

    // Trials vfat 9 of seed 71 and 26 of seed 81: no name was good enough any more.
    [Fact]
    public void AGoodNameIsNotRefused()
    {
        _machine.NextRefusal = FileStatus.BadName;
        AssertOneDeath(() => FileMachine.Ok(_machine.Files.CreateDirectory("/a good name")));
        int deaths = _machine.Deaths;
        Assert.Equal(FileStatus.BadName, _machine.Files.CreateDirectory("/what?").Value.Status);
        Assert.Equal(deaths, _machine.Deaths);
    }

    // Trial vfat 6 of seed 71: it listed what it could not find then.
    [Fact]
    public void WhatAnInstanceHasListedItMustFind()
    {
        _machine.WriteFile("/file", [1]);
        FileMachine other = new(_machine.Volume);
        Assert.Single(other.List("/"));
        int deaths = other.Deaths;
        other.NextRefusal = FileStatus.NotFound;
        Assert.Equal(1UL, FileMachine.Ok(other.Files.Describe("/FILE")).LengthBytes);
        Assert.Equal(1, other.Deaths - deaths);
    }

    [Fact]
    public void WhatWasFoundCanBeRemovedAndMoved()
    {
        _machine.WriteFile("/one", [1]);
        _machine.NextRefusal = FileStatus.NotFound;
        _machine.TrueAnswersBefore = 1;
        AssertOneDeath(() => FileMachine.Ok(_machine.Files.Remove("/one")));
        _machine.WriteFile("/two", []);
        _machine.NextRefusal = FileStatus.AlreadyExists;
        _machine.TrueAnswersBefore = 2;
        AssertOneDeath(() => FileMachine.Ok(_machine.Files.Rename("/two", "/three", false)));
        Assert.Equal("three", Assert.Single(_machine.List("/")).Name);
    }

    // Trial vfat 64 of seed 81: what had been removed was in the way.
    [Fact]
    public void WhatWasRemovedIsNotInTheWay()
    {
        FileMachine.Ok(_machine.Files.CreateDirectory("/directory"));
        FileMachine.Ok(_machine.Files.Remove("/directory"));
        _machine.NextRefusal = FileStatus.AlreadyExists;
        AssertOneDeath(() => FileMachine.Ok(_machine.Files.CreateDirectory("/directory")));
        int deaths = _machine.Deaths;
        Assert.Equal(FileStatus.AlreadyExists, _machine.Files.CreateDirectory("/directory").Value.Status);
        Assert.Equal(deaths, _machine.Deaths);
    }

    // Trial vfat 1 of seed 71: it no longer read long names, so that a tree was copied by the short ones.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ADirectoryThatNobodyHasChangedIsListedAsBefore(bool ends)
    {
        _machine.WriteFile("/one", [1]);
        _machine.WriteFile("/two", [2]);
        Assert.Equal(2, _machine.List("/").Count);
        Handle<TrackedObjects.File> directory = _machine.Open("/", FileRequests.List);
        _machine.ReplyLie = reply => ends
            ? reply with { Count = 0 }
            : reply with { Node = reply.Node with { EntryPosition = reply.Node.EntryPosition + 32 } };
        char[] name = new char[FileLimits.NameCharacters];
        AssertOneDeath(() => Assert.Equal(3u, FileMachine.Ok(_machine.Files.ReadDirectory(directory, name)).Count));
        Assert.StartsWith("one", new string(name), StringComparison.Ordinal);
        FileMachine.Ok(_machine.Files.Close(directory));
    }

    // The call went on for ever, and everybody else who used files waited for it.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(37)]
    public void AChainIsReleasedToItsEnd(int circle)
    {
        // The circle leads through clusters of this one, too, which are not to be released by anybody.
        _machine.WriteFile("/other", new byte[600]);
        uint free = Free();
        _machine.WriteFile("/long", new byte[3 << 20]);
        int calls = 0;
        _machine.RestLie = () => ++calls == 1000 ? 0 : 2 + (uint)(calls % circle);
        AssertOneDeath(() => FileMachine.Ok(_machine.Files.Remove("/long")));
        Assert.InRange(calls, 1, 4 * circle);
        Assert.Equal(free, Free());
    }

    [Fact]
    public void AFileWithoutALinkedChainNeedNotBeCopied()
    {
        Handle<TrackedObjects.File> file = _machine.Open("/file", FileRequests.Write | FileRequests.Create);
        _machine.NextRefusal = FileStatus.MustCopy;
        AssertOneDeath(() => Assert.Equal(1u, FileMachine.Ok(_machine.Files.Write(file, [1])).Count));
        FileMachine.Ok(_machine.Files.Close(file));
        Assert.Equal(1UL, FileMachine.Ok(_machine.Files.Describe("/file")).LengthBytes);
    }

    // The kernel made a file of the new name, copied nothing to it, and removed the directory.
    [Fact]
    public void ADirectoryIsMovedWithoutACopy()
    {
        foreach (string directory in new[] { "/from", "/to", "/from/directory" })
        {
            FileMachine.Ok(_machine.Files.CreateDirectory(directory));
        }

        _machine.NextRefusal = FileStatus.MustCopy;
        _machine.TrueAnswersBefore = 2;
        AssertOneDeath(() => FileMachine.Ok(_machine.Files.Rename("/from/directory", "/to/directory", false)));
        Assert.True(Assert.Single(_machine.List("/to")).About.Flags.HasFlag(FileFlags.Directory));
    }

    // Nobody else could use files while gigabytes were copied.
    [Fact]
    public void WhatIsTooLongToBeCopiedIsMovedInPlace()
    {
        byte[] content = [.. Enumerable.Range(0, 4000).Select(static index => (byte)index)];
        FileMachine machine = new(_machine.Volume, copyLimitBytes: 1000);
        FileMachine.Ok(machine.Files.CreateDirectory("/to"));
        machine.WriteFile("/file", content);
        int deaths = machine.Deaths;
        machine.NextRefusal = FileStatus.MustCopy;
        machine.TrueAnswersBefore = 2;
        FileMachine.Ok(machine.Files.Rename("/file", "/to/file", false));
        Assert.Equal(1, machine.Deaths - deaths);
        Assert.Equal(content, machine.ReadFile("/to/file"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2000)]
    public void WhatIsTooLongToBeCopiedOrIsEmptiedIsShortenedInPlace(uint length)
    {
        byte[] content = [.. Enumerable.Range(0, 4000).Select(static index => (byte)index)];
        FileMachine machine = new(_machine.Volume, copyLimitBytes: 1000);
        machine.WriteFile("/file", content);
        int deaths = machine.Deaths;
        Handle<TrackedObjects.File> file = machine.Open("/file", FileRequests.Write);
        machine.NextRefusal = FileStatus.MustCopy;
        FileMachine.Ok(machine.Files.SetLength(file, length));
        FileMachine.Ok(machine.Files.Close(file));
        Assert.Equal(1, machine.Deaths - deaths);
        Assert.Equal(content[..(int)length], machine.ReadFile("/file"));
    }

    // What was written to one that was opened to be listed as well went to a chain that nothing ever named.
    [Theory]
    [InlineData(FileRequests.Write)]
    [InlineData(FileRequests.Truncate)]
    public void ADirectoryIsNotOpenedToBeWritten(FileRequests requests)
    {
        FileMachine.Ok(_machine.Files.CreateDirectory("/directory"));
        CallResult<OpenedFile> opened = _machine.Files.Open("/directory", FileRequests.List | requests);
        Assert.Equal(FileStatus.IsADirectory, opened.Value.Status);
    }

    // Trial vfat 5 of seed 81: places in directories were wrong, and so was what was read there.
    [Theory]
    [InlineData(32, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public void AFileIsWhatItWas(uint entry, uint cluster, uint length)
    {
        _machine.WriteFile("/file", [1, 2, 3]);
        FileMachine.Ok(_machine.Files.SetDescription("/file", FileFlags.Archive, 0, 0));
        FileMachine.Ok(_machine.Files.Describe("/file"));
        _machine.ReplyLie = reply => reply with
        {
            Node = reply.Node with
            {
                EntryPosition = reply.Node.EntryPosition + entry,
                FirstCluster = reply.Node.FirstCluster + cluster,
                LengthBytes = reply.Node.LengthBytes + length,
            },
        };
        AssertOneDeath(() => Assert.Equal(3UL, FileMachine.Ok(_machine.Files.Describe("/file")).LengthBytes));
    }

    // Trials vfat 20 and 24 of seed 81: what was written of a new file was not what belongs there.
    [Fact]
    public void WhatWasMadeIsThere()
    {
        _machine.Shadow.IsWatchedClosely = true;
        _machine.LosesWhatItMakes = true;
        AssertOneDeath(() => _machine.WriteFile("/file", [1, 2, 3]));
        Assert.Equal([1, 2, 3], _machine.ReadFile("/file"));
    }

    // Trial vfat 5 of seed 71: a file was said to be another one, and stayed open for ever by its own place.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AnOpenFileStaysItself(int part)
    {
        Func<FileNode, FileNode> lie = node => part switch
        {
            0 => node with { EntryPosition = node.EntryPosition + 32 },
            1 => node with { Flags = node.Flags | FileFlags.Directory },
            2 => node with { LengthBytes = node.LengthBytes + 1 },
            _ => node with { LinkedCluster = node.LinkedCluster + 1 },
        };
        byte[] content = [1, 2, 3];
        Handle<TrackedObjects.File> file = _machine.Open("/file", FileRequests.Write | FileRequests.Create);
        _machine.NodeLie = lie;
        AssertOneDeath(() => _machine.WriteAll(file, content));
        _machine.NodeLie = lie;
        AssertOneDeath(() => FileMachine.Ok(_machine.Files.Close(file)));
        file = _machine.Open("/file", FileRequests.Read);
        _machine.NodeLie = lie;
        byte[] read = new byte[content.Length];
        AssertOneDeath(() => Assert.Equal(3u, FileMachine.Ok(_machine.Files.Read(file, read)).Count));
        Assert.Equal(content, read);
        FileMachine.Ok(_machine.Files.Close(file));
        FileMachine.Ok(_machine.Files.Remove("/file"));
    }

    [Fact]
    public void WhatADeadInstanceHasToldOfPlacesIsAskedAnew()
    {
        byte[] content = [.. Enumerable.Range(0, 4096).Select(static index => (byte)index)];
        _machine.WriteFile("/file", content);
        FileMachine other = new(_machine.Volume);
        Handle<TrackedObjects.File> file = other.Open("/file", FileRequests.Read);
        other.NodeLie = node => node with { CursorIndex = 1, CursorCluster = node.FirstCluster };
        other.Lie = run => run with { Position = run.Position + 512 };
        byte[] read = new byte[content.Length];
        FileMachine.Ok(other.Files.Read(file, read));
        Assert.NotEqual(content, read);
        other.Restart();
        FileMachine.Ok(other.Files.Seek(file, 0));
        FileMachine.Ok(other.Files.Read(file, read));
        Assert.Equal(content, read);
        FileMachine.Ok(other.Files.Close(file));
    }

    [Theory]
    [InlineData(12, 512)]
    [InlineData(16, 2600)]
    [InlineData(32, 1024)]
    public void WhoeverIsRightIsNotDoubted(int fatBits, int kibibytes)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            FileMachine machine = new(new MemoryVolume(HostTools.Format(fatBits, kibibytes, "-s", "1")));
            machine.Shadow.IsWatchedClosely = true;
            OperationSequence sequence = new(machine, seed);
            for (int operation = 0; operation < 30; operation++)
            {
                sequence.Run(1);
                Assert.Equal(sequence.Tree.OrderBy(file => file.Key, StringComparer.Ordinal), machine.ReadTree());
            }

            Assert.Equal(0, machine.Deaths);
        }
    }

    private uint Free() => _machine.Instance.DescribeVolume().Value.FreeClusters;

    private void AssertOneDeath(Action act)
    {
        int deaths = _machine.Deaths;
        act();
        Assert.Equal(1, _machine.Deaths - deaths);
    }
}
