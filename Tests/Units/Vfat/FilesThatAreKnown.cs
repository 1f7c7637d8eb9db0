using System;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>What the kernel remembers of files is what the file system would say, however they are changed and named.</summary>
public sealed class FilesThatAreKnown
{
    private const string LongName = "/directory/A long name.txt";
    private const string MadeUpName = "/directory/ALONGN~1.TXT";

    private readonly FileMachine _machine = new(new MemoryVolume(HostTools.Format(16, 4096, "-s", "1")));

    public FilesThatAreKnown() => FileMachine.Ok(_machine.Files.CreateDirectory("/directory"));

    [Fact]
    public void ToReadOneAgainAsksNobody()
    {
        byte[] content = [1, 2, 3];
        _machine.WriteFile(LongName, content);
        int calls = _machine.Calls;
        Assert.Equal(content, _machine.ReadFile(LongName));
        Assert.Equal(content, _machine.ReadFile(LongName.ToUpperInvariant()));
        Assert.Equal(calls, _machine.Calls);
    }

    [Theory]
    [InlineData(LongName)]
    [InlineData(MadeUpName)]
    [InlineData("//directory//A long name.txt")]
    public void OneThatIsRemovedIsGoneByAllItsNames(string path)
    {
        _machine.WriteFile(LongName, [1, 2, 3]);
        _machine.ReadFile(LongName);
        FileMachine.Ok(_machine.Files.Remove(path));
        _machine.WriteFile("/directory/B longer name.txt", [4]);
        Assert.Equal(FileStatus.NotFound, _machine.Files.Open(LongName, FileRequests.Read).Value.Status);
        Assert.Equal(FileStatus.NotFound, _machine.Files.Describe(LongName).Value.Status);
        Assert.Equal([4], _machine.ReadFile("/directory/B longer name.txt"));
    }

    [Fact]
    public void ANameThatWasMadeUpIsGivenToWhoeverAsksForIt()
    {
        _machine.WriteFile(LongName, [1, 2, 3]);
        Assert.Equal([1, 2, 3], _machine.ReadFile(MadeUpName));
        FileMachine.Ok(_machine.Files.CreateDirectory(MadeUpName));
        Assert.Equal(FileFlags.Directory, FileMachine.Ok(_machine.Files.Describe(MadeUpName)).Flags);
        Assert.Equal([1, 2, 3], _machine.ReadFile(LongName));
    }

    [Fact]
    public void ADirectoryOfAMadeUpNameIsNotRemembered()
    {
        FileMachine.Ok(_machine.Files.CreateDirectory("/Another directory"));
        _machine.WriteFile("/Another directory/file", [1]);
        Assert.Equal([1], _machine.ReadFile("/ANOTHE~1/file"));
        FileMachine.Ok(_machine.Files.CreateDirectory("/ANOTHE~1"));
        _machine.WriteFile("/ANOTHE~1/file", [2]);
        Assert.Equal([2], _machine.ReadFile("/ANOTHE~1/file"));
        Assert.Equal([1], _machine.ReadFile("/Another directory/file"));
    }

    [Fact]
    public void OneThatIsMovedIsAtItsNewPlaceOnly()
    {
        _machine.WriteFile(LongName, [1, 2, 3]);
        _machine.ReadFile(LongName);
        FileMachine.Ok(_machine.Files.Rename("/directory", "/moved", replaces: false));
        Assert.Equal(FileStatus.NotFound, _machine.Files.Open(LongName, FileRequests.Read).Value.Status);
        Assert.Equal([1, 2, 3], _machine.ReadFile("/moved/A long name.txt"));
    }

    [Fact]
    public void OneThatMayNotBeWrittenAnyMoreIsNotWritten()
    {
        _machine.WriteFile(LongName, [1, 2, 3]);
        FileMachine.Ok(_machine.Files.SetDescription(LongName, FileFlags.ReadOnly, 0, 0));
        Assert.Equal(FileStatus.ReadOnly, _machine.Files.Open(LongName, FileRequests.Write).Value.Status);
    }

    [Fact]
    public void ItsTimesAreThoseOfItsEntry()
    {
        _machine.WriteFile(LongName, [1, 2, 3]);
        FileOutcome known = FileMachine.Ok(_machine.Files.Describe(LongName));
        _machine.Restart();
        Assert.Equal(FileMachine.Ok(_machine.Files.Describe(LongName)), known);
    }
}
