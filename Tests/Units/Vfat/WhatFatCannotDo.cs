using System;
using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

public sealed class WhatFatCannotDo
{
    private readonly FileMachine _machine = new(new MemoryVolume(HostTools.Format(12, 512, "-s", "1", "-n", "SOME LABEL")));

    [Theory]
    [InlineData("/a:b")]
    [InlineData("/ends in a dot.")]
    [InlineData("/ends in a blank ")]
    [InlineData("/tab\tin it")]
    [InlineData("/question?")]
    public void NamesThatItCannotHoldAreRefused(string path)
        => Assert.Equal(FileStatus.BadName, _machine.Files.CreateDirectory(path).Value.Status);

    [Fact]
    public void ANameOf255UnitsIsTheLongest()
    {
        string longest = "/" + new string('x', 255);
        FileMachine.Ok(_machine.Files.CreateDirectory(longest));
        Assert.Equal(FileStatus.BadName, _machine.Files.CreateDirectory(longest + "x").Value.Status);
        Assert.Equal(longest[1..], _machine.List("/").Single().Name);
    }

    [Fact]
    public void SurrogatesThatStandAloneAreKept()
    {
        _machine.WriteFile("/\uD83D", [1]);
        _machine.WriteFile("/\uDE00\uD83D", [2]);
        Assert.Equal(["\uD83D", "\uDE00\uD83D"], _machine.List("/").Select(entry => entry.Name));
    }

    [Fact]
    public void AFullVolumeSaysSoAndStaysInOrder()
    {
        int number = 0;
        while (_machine.Files.CreateDirectory($"/{number}").Value.Status == FileStatus.Ok && number < 50)
        {
            number++;
        }

        Handle<TrackedObjects.File> file = _machine.Open("/large.dat", FileRequests.Write | FileRequests.Create);
        FileStatus status;
        do
        {
            status = _machine.Files.Write(file, new byte[10_000]).Value.Status;
        }
        while (status == FileStatus.Ok);

        Assert.Equal(FileStatus.NoSpace, status);
        FileMachine.Ok(_machine.Files.Close(file));
        Assert.Equal(FileStatus.NoSpace, _machine.Files.CreateDirectory("/one more/than fits").Value.Status switch
        {
            FileStatus.NotFound => FileStatus.NoSpace,
            FileStatus other => other,
        });
        FileMachine.Ok(_machine.Files.Synchronize());
        Assert.Empty(HostTools.Check(_machine.Volume.Image));
    }

    [Fact]
    public void TheRootOfFat12IsOfFixedSize()
    {
        FileStatus status = FileStatus.Ok;
        for (int number = 0; status == FileStatus.Ok && number < 1000; number++)
        {
            CallResult<OpenedFile> opened = _machine.Files.Open($"/F{number}", FileRequests.Write | FileRequests.Create);
            status = opened.Value.Status;
            if (status == FileStatus.Ok)
            {
                FileMachine.Ok(_machine.Files.Close(opened.Value.File));
            }
        }

        Assert.Equal(FileStatus.DirectoryFull, status);
        FileMachine.Ok(_machine.Files.Synchronize());
        Assert.Empty(HostTools.Check(_machine.Volume.Image));
    }

    [Fact]
    public void AFileEndsBeforeFourGibibytes()
    {
        Handle<TrackedObjects.File> file = _machine.Open("/f", FileRequests.Write | FileRequests.Create);
        Assert.Equal(FileStatus.TooLarge, _machine.Files.SetLength(file, 1ul << 32).Value.Status);
        Assert.Equal(FileStatus.TooLarge, _machine.Files.Seek(file, 1ul << 32).Value.Status);
        FileMachine.Ok(_machine.Files.Seek(file, uint.MaxValue));
        Assert.Equal(FileStatus.TooLarge, _machine.Files.Write(file, [1]).Value.Status);
    }

    [Fact]
    public void ErrorsSayWhatIsWrong()
    {
        FileMachine.Ok(_machine.Files.CreateDirectory("/folder"));
        _machine.WriteFile("/folder/file", [1]);
        Assert.Equal(FileStatus.NotFound, _machine.Files.Describe("/none").Value.Status);
        Assert.Equal(FileStatus.NotADirectory, _machine.Files.Describe("/folder/file/more").Value.Status);
        Assert.Equal(FileStatus.DirectoryNotEmpty, _machine.Files.Remove("/folder").Value.Status);
        Assert.Equal(FileStatus.AlreadyExists, _machine.Files.CreateDirectory("/FOLDER").Value.Status);
        Assert.Equal(FileStatus.IsADirectory, _machine.Files.Open("/folder", FileRequests.Read).Value.Status);
        Assert.Equal(FileStatus.WouldLoop, _machine.Files.Rename("/folder", "/folder/in itself", false).Value.Status);
        Assert.Equal(FileStatus.BadPath, _machine.Files.Describe("no slash").Value.Status);
        _machine.Open("/folder/file", FileRequests.Read);
        Assert.Equal(FileStatus.InUse, _machine.Files.Remove("/folder/file").Value.Status);
    }

    [Fact]
    public void FailuresOfTheDeviceReachTheCaller()
    {
        _machine.WriteFile("/file", new byte[2000]);
        FileMachine fresh = new(new MemoryVolume(_machine.Volume.Image));
        Handle<TrackedObjects.File> file = fresh.Open("/file", FileRequests.Read);
        fresh.Volume.Fails = (_, _) => true;
        Assert.Equal(FileStatus.DeviceError, fresh.Files.Read(file, new byte[100]).Value.Status);
        Assert.Equal(FileStatus.DeviceError, fresh.Files.CreateDirectory("/more").Value.Status);
        fresh.Volume.Fails = null;
        Assert.Equal(100u, FileMachine.Ok(fresh.Files.Read(file, new byte[100])).Count);
    }

    [Fact]
    public void TimesAndTheLabelAreKept()
    {
        _machine.WriteFile("/file", [1]);
        FileOutcome about = FileMachine.Ok(_machine.Files.Describe("/file"));
        Assert.Equal(2026, new DateTime(about.ModifiedTicks).Year);
        long created = new DateTime(1999, 12, 31, 23, 59, 59).Ticks;
        long modified = new DateTime(2001, 2, 3, 4, 5, 6).Ticks;
        FileMachine.Ok(_machine.Files.SetDescription("/file", FileFlags.Hidden, created, modified));
        about = FileMachine.Ok(new FileMachine(new MemoryVolume(_machine.Volume.Image)).Files.Describe("/file"));
        Assert.Equal((FileFlags.Hidden, created, modified), (about.Flags, about.CreatedTicks, about.ModifiedTicks));
        char[] label = new char[FileLimits.LabelCharacters];
        Assert.Equal(FileStatus.Ok, _machine.Shadow.ReadLabel(label, out int length));
        Assert.Equal("SOME LABEL", new string(label, 0, length));
        Assert.True(_machine.Instance.WriteLabel("OTHER", 0).Value.Status == FileStatus.Ok);
        FileMachine.Ok(_machine.Files.Synchronize());
        _machine.Instance.Flush(false);
        Assert.Empty(HostTools.Check(_machine.Volume.Image));
    }
}
