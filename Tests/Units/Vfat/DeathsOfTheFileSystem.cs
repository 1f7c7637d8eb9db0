using System;
using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>The instance dies in the middle of whatever it writes; whoever uses files does not notice.</summary>
public sealed class DeathsOfTheFileSystem
{
    [Theory]
    [InlineData(12, 512)]
    [InlineData(16, 2600)]
    [InlineData(32, 1024)]
    public void EveryCallIsCarriedOutByTheNextInstance(int fatBits, int kibibytes)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            MemoryVolume volume = new(HostTools.Format(fatBits, kibibytes, "-s", "1"));
            FileMachine machine = new(volume);
            OperationSequence sequence = new(machine, seed);
            Random random = new(seed);
            for (int operation = 0; operation < 30; operation++)
            {
                volume.WritesUntilDeath = random.Next(1, 9);
                sequence.Run(1);
            }

            volume.WritesUntilDeath = -1;
            Assert.True(machine.Deaths > 5, $"{machine.Deaths} deaths");
            Assert.Equal(sequence.Tree.OrderBy(file => file.Key, StringComparer.Ordinal), machine.ReadTree());
            machine.Restart();
            FileMachine.Ok(machine.Files.Synchronize());
            Assert.Empty(HostTools.Check(volume.Image));
        }
    }

    [Fact]
    public void AnInstanceThatAnswersAndDoesNothingIsNotBelieved()
    {
        FileMachine machine = new(new MemoryVolume(HostTools.Format(16, 4096, "-s", "1")));
        byte[] content = [1, 2, 3];
        int deaths = machine.Deaths;

        machine.IsSilent = true;
        FileMachine.Ok(machine.Files.CreateDirectory("/directory"));
        machine.IsSilent = true;
        Handle<TrackedObjects.File> file = machine.Open("/directory/file.dat", FileRequests.Write | FileRequests.Create);
        machine.IsSilent = true;
        machine.WriteAll(file, content);
        machine.IsSilent = true;
        FileMachine.Ok(machine.Files.Close(file));
        machine.IsSilent = true;
        Assert.Equal("file.dat", Assert.Single(machine.List("/directory")).Name);
        machine.IsSilent = true;
        Assert.True(machine.Shadow.TryDescribe(out _));

        Assert.Equal(6, machine.Deaths - deaths);
        Assert.Equal(content, machine.ReadFile("/directory/file.dat"));
    }

    [Fact]
    public void AChainIsNotLostWithAnInstanceThatDiesRightAfterItsAnswer()
    {
        FileMachine machine = new(new MemoryVolume(HostTools.Format(16, 4096, "-s", "1")));
        byte[] content = [.. Enumerable.Range(0, 60_000).Select(index => (byte)(index / 7))];
        Handle<TrackedObjects.File> file = machine.Open("/slow.dat", FileRequests.Write | FileRequests.Create);
        for (int offset = 0; offset < content.Length; offset += 10_000)
        {
            machine.DiesAfterAnswer = true;
            machine.WriteAll(file, content.AsSpan(offset, 10_000));
            machine.WriteFile($"/other {offset}.dat", new byte[3000]);
        }

        machine.DiesAfterAnswer = true;
        FileMachine.Ok(machine.Files.Close(file));
        Assert.Equal(content, machine.ReadFile("/slow.dat"));
        FileMachine.Ok(machine.Files.Synchronize());
        Assert.Empty(HostTools.Check(machine.Volume.Image));
    }

    [Fact]
    public void RunsThatCannotBeAreNotBelieved()
    {
        FileMachine machine = new(new MemoryVolume(HostTools.Format(16, 4096, "-s", "1")));
        byte[] content = [.. Enumerable.Range(0, 5000).Select(index => (byte)(index / 3))];
        Func<FileRun, FileRun>[] lies =
        [
            static run => run with { Position = ulong.MaxValue - 100 },
            run => run with { Position = machine.Volume.LengthBytes - 100 },
            static run => run with { Offset = run.Offset + 1 },
            static run => run with { LengthBytes = 0 },
            static run => run with { LengthBytes = uint.MaxValue },
        ];
        int deaths = machine.Deaths;
        foreach (Func<FileRun, FileRun> lie in lies)
        {
            machine.Lie = lie;
            machine.WriteFile("/file.dat", content);
            machine.Lie = lie;
            Assert.Equal(content, machine.ReadFile("/file.dat"));
        }

        Assert.Equal(2 * lies.Length, machine.Deaths - deaths);
    }

    [Fact]
    public void AFileThatIsOpenStaysOpenAndKeepsItsPosition()
    {
        FileMachine machine = new(new MemoryVolume(HostTools.Format(16, 4096, "-s", "1")));
        byte[] content = [.. Enumerable.Range(0, 100_000).Select(index => (byte)(index / 3))];
        Handle<TrackedObjects.File> file = machine.Open("/open.dat", FileRequests.Write | FileRequests.Create);
        for (int offset = 0; offset < content.Length; offset += 10_000)
        {
            machine.WriteAll(file, content.AsSpan(offset, 10_000));
            machine.Restart();
        }

        FileMachine.Ok(machine.Files.Close(file));
        Assert.Equal(content, machine.ReadFile("/open.dat"));
        FileMachine.Ok(machine.Files.Synchronize());
        Assert.Empty(HostTools.Check(machine.Volume.Image));
    }

    [Fact]
    public void AFileOfAnOwnerThatDiedIsClosedByTheKernel()
    {
        FileMachine machine = new(new MemoryVolume(HostTools.Format(16, 4096, "-s", "1")));
        Handle<TrackedObjects.File> file = machine.Open("/left.dat", FileRequests.Write | FileRequests.Create);
        machine.WriteAll(file, [1, 2, 3]);
        machine.Objects.ReleaseAll();
        Assert.Equal(1, machine.Shadow.OpenFiles);
        machine.Shadow.RunOnce();
        Assert.Equal(0, machine.Shadow.OpenFiles);
        Assert.Equal(3ul, machine.Shadow.Describe("/left.dat").Node.LengthBytes);
        Assert.Empty(HostTools.Check(machine.Volume.Image));
    }
}
