using System.Threading;
using NooksOS.Contracts;
using NooksOS.Files;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>An instance that has gone wrong says what is not true; whoever uses files does not notice.</summary>
public sealed class RefusalsOfTheFileSystem
{
    private readonly FileMachine _machine = new(new MemoryVolume(HostTools.Format(16, 4096, "-s", "1")));

    // Trials vfat 2, 24, 26, 44, 47 and 78 of seed 41: each of these was said of a volume that was in order.
    [Theory]
    [InlineData(FileStatus.Damaged)]
    [InlineData(FileStatus.ReadOnly)]
    [InlineData(FileStatus.BadPath)]
    [InlineData(FileStatus.DirectoryFull)]
    [InlineData(FileStatus.NotADirectory)]
    [InlineData(FileStatus.NoSpace)]
    [InlineData(FileStatus.Unavailable)]
    public void WhatNobodyExpectsAnotherInstanceHasToConfirm(FileStatus refusal)
    {
        _machine.Shadow.IsWatchedClosely = true;
        int deaths = _machine.Deaths;
        _machine.NextRefusal = refusal;
        FileMachine.Ok(_machine.Files.CreateDirectory("/directory"));
        Assert.Equal(1, _machine.Deaths - deaths);
    }

    // Trial vfat 118 of seed 19: an instruction was missing that says that a call went well, and 452 requests "could not be done now".
    [Theory]
    [InlineData(CallStatus.Busy)]
    [InlineData(CallStatus.Failed)]
    [InlineData(CallStatus.WouldBlock)]
    public void ACallThatIsNotCarriedOutAnotherInstanceHasToConfirm(CallStatus status)
    {
        int deaths = _machine.Deaths;
        _machine.NextStatus = status;
        FileMachine.Ok(_machine.Files.CreateDirectory("/directory"));
        Assert.Equal(1, _machine.Deaths - deaths);
    }

    // Each user who filled a volume, or took a file for a directory, cost an instance of the file system, and there was a failure on record.
    [Theory]
    [InlineData(FileStatus.NoSpace)]
    [InlineData(FileStatus.NotADirectory)]
    [InlineData(FileStatus.WouldLoop)]
    public void WhatUsersMeetIsBelievedWhereNobodyWatchesClosely(FileStatus refusal)
    {
        int deaths = _machine.Deaths;
        _machine.NextRefusal = refusal;
        Assert.Equal(refusal, _machine.Files.CreateDirectory("/directory").Value.Status);
        Assert.Equal(0, _machine.Deaths - deaths);
    }

    [Fact]
    public void WhatTwoInstancesSayIsBelievedForAWhile()
    {
        _machine.Shadow.IsWatchedClosely = true;
        int deaths = _machine.Deaths;
        for (int call = 0; call < 3; call++)
        {
            Assert.Equal(FileStatus.NotSupported, Rename("/", "/directory"));
        }

        Assert.Equal(1, _machine.Deaths - deaths);
    }

    // Trials vfat 42 of seed 41, and 1, 27, 39 and 77 of seed 21.
    [Fact]
    public void WhatWasThereIsNotMissed()
    {
        FileMachine.Ok(_machine.Files.CreateDirectory("/directory"));
        _machine.WriteFile("/directory/file.dat", [1, 2, 3]);
        int deaths = _machine.Deaths;
        _machine.NextRefusal = FileStatus.NotFound;
        FileMachine.Ok(_machine.Files.Describe("/DIRECTORY"));
        _machine.NextRefusal = FileStatus.NotFound;
        FileMachine.Ok(_machine.Files.CreateDirectory("/directory/inside"));
        Assert.Equal(2, _machine.Deaths - deaths);
        Assert.Equal([1, 2, 3], _machine.ReadFile("/directory/file.dat"));

        FileMachine.Ok(_machine.Files.Remove("/directory/inside"));
        Assert.Equal(FileStatus.NotFound, _machine.Files.Describe("/directory/inside").Value.Status);
        Assert.Equal(FileStatus.NotFound, _machine.Files.Describe("/never").Value.Status);
        Assert.Equal(2, _machine.Deaths - deaths);
    }

    // Trials vfat 29, 108, 143 and 146 of seed 41.
    [Fact]
    public void AVolumeThatWasThereIsNotMissed()
    {
        _machine.WriteFile("/file.dat", [1, 2, 3]);
        int deaths = _machine.Deaths;
        _machine.NextIsLost = true;
        _machine.Restart();
        Assert.Equal(2, _machine.Deaths - deaths);
        Assert.Equal([1, 2, 3], _machine.ReadFile("/file.dat"));
    }

    [Fact]
    public void ADirectoryWhoseEntriesDoNotGoOnIsNotBelieved()
    {
        _machine.WriteFile("/one", []);
        _machine.WriteFile("/two", []);
        int deaths = _machine.Deaths;
        _machine.StandsStill = true;
        Assert.Equal(["one", "two"], _machine.List("/").ConvertAll(entry => entry.Name));
        Assert.Equal(1, _machine.Deaths - deaths);
    }

    // Trial vfat 234 of seed 21: a directory that was in itself used up the stack of a thread of the kernel.
    [Fact]
    public void ATreeIsRemovedHoweverDeepItIs()
    {
        const int Levels = 700;
        const int StackBytes = 128 * 1024;
        FileSystem files = new(_machine.Files);
        string path = string.Empty;
        for (int level = 0; level < Levels; level++)
        {
            path += "/d";
            files.CreateDirectory(path);
        }

        Thread thread = new(() => files.RemoveTree("/d"), StackBytes);
        thread.Start();
        thread.Join();
        Assert.Empty(_machine.List("/"));
    }

    private FileStatus Rename(string path, string newPath) => _machine.Files.Rename(path, newPath, false).Value.Status;
}
