using System;
using System.Collections.Generic;
using System.Globalization;
using NooksOS.Contracts;
using NooksOS.Tests.Units.Fuzzing;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>
/// Volumes with anything on them: an error or the part that can be read, and never a hang, an exception that leaves the file
/// system, or a sector outside of the volume, which <see cref="MemoryVolume"/> complains of. NOOKS_VFAT_MUTATIONS says how many.
/// </summary>
public sealed class MalformedVolumes
{
    // A directory that leads back to itself has paths without end.
    private const int MaximumDepth = 8;
    private const int MaximumEntries = 400;

    private static int Mutations
        => int.TryParse(Environment.GetEnvironmentVariable("NOOKS_VFAT_MUTATIONS"), CultureInfo.InvariantCulture, out int count) ? count : 300;

    /// <summary>For a counting copy of the assembly under test.</summary>
    internal static void Use(byte[] input)
    {
        byte[] image = new byte[Math.Max(512, input.Length / 512 * 512)];
        input.AsSpan(0, Math.Min(input.Length, image.Length)).CopyTo(image);
        FileMachine machine = new(new MemoryVolume(image));
        if (!machine.IsMounted)
        {
            return;
        }

        int entries = 0;
        Read(machine, string.Empty, 0, ref entries);
        Change(machine);
    }

    [Theory]
    [InlineData(12, 512)]
    [InlineData(16, 2600)]
    [InlineData(32, 1024)]
    public void MutatedVolumesDoNoHarm(int fatBits, int kibibytes)
    {
        byte[] example = Example(fatBits, kibibytes);
        Random random = new(fatBits);
        for (int count = 0; count < Mutations; count++)
        {
            byte[] image = [.. example];
            Mutate(image, random);
            Use(random.Next(10) == 0 ? image[..random.Next(image.Length)] : image);
        }
    }

    [Fact]
    public void FuzzingReachesNoHarm()
    {
        CountingContext counting = new(typeof(NooksOS.Extensions.Vfat.VfatExtension).Assembly);
        Action<byte[]> target = counting.Bind<Action<byte[]>>(typeof(MalformedVolumes).FullName!, nameof(Use));
        byte[] example = Example(12, 64);
        Fuzzer fuzzer = new(5, [example, Example(32, 128)], [[0xE5], [0xFF, 0xFF, 0xFF, 0x0F], [0x0F], [0x10], "..         "u8.ToArray()], counting.Hits, 128 * 1024);
        fuzzer.Run(target, Mutations);
        Assert.True(fuzzer.BlocksReached > 500, $"{fuzzer.BlocksReached} blocks");
    }

    [Fact]
    public void ADirectoryInACircleIsDamage()
    {
        byte[] image = Example(12, 512);
        FileMachine machine = new(new MemoryVolume(image));
        for (int number = 0; number < 20; number++)
        {
            FileMachine.Ok(machine.Files.CreateDirectory($"/folder/a long name {number}"));
        }

        FileMachine.Ok(machine.Files.Synchronize());
        uint first = machine.Shadow.Describe("/folder").Node.FirstCluster;
        int table = BitConverter.ToUInt16(image, 14) * 512;
        SetFat12(image, table, first, first);
        machine = new FileMachine(new MemoryVolume(image));
        Assert.Equal(FileStatus.Damaged, machine.Files.Describe("/folder/none").Value.Status);
    }

    [Fact]
    public void AChainThatEndsBeforeItsFileIsDamage()
    {
        byte[] image = Example(12, 512);
        FileMachine machine = new(new MemoryVolume(image));
        for (int number = 0; number < 20; number++)
        {
            FileMachine.Ok(machine.Files.CreateDirectory($"/folder/a long name {number}"));
        }

        FileMachine.Ok(machine.Files.Synchronize());
        uint first = machine.Shadow.Describe("/large.dat").Node.FirstCluster;
        SetFat12(image, BitConverter.ToUInt16(image, 14) * 512, first, 0xFFF);
        machine = new FileMachine(new MemoryVolume(image));
        Handle<TrackedObjects.File> file = machine.Open("/large.dat", FileRequests.Read);
        byte[] bytes = new byte[512];
        Assert.Equal(512u, FileMachine.Ok(machine.Files.Read(file, bytes)).Count);
        Assert.Equal(FileStatus.Damaged, machine.Files.Read(file, bytes).Value.Status);
    }

    [Fact]
    public void AFileThatBeginsOutsideOfAVolumeInUseIsDamage()
    {
        byte[] image = Example(12, 512);
        FileMachine machine = new(new MemoryVolume(image));
        int entry = (int)machine.Shadow.Describe("/large.dat").Node.EntryPosition;
        BitConverter.TryWriteBytes(image.AsSpan(entry + 26), (ushort)0xFFF0);
        image[37] |= 1;

        machine = new FileMachine(new MemoryVolume(image));

        Assert.True(machine.Shadow.TryDescribe(out FileSystemDescription description));
        Assert.True(description.IsDamaged);
        Assert.True(description.IsReadOnly);
    }

    [Fact]
    public void AVolumeLongerThanItsDeviceIsNotMounted()
        => Assert.False(new FileMachine(new MemoryVolume(Example(12, 512)[..(256 * 1024)])).IsMounted);

    private static byte[] Example(int fatBits, int kibibytes)
    {
        FileMachine machine = new(new MemoryVolume(HostTools.Format(fatBits, kibibytes, "-s", "1")));
        FileMachine.Ok(machine.Files.CreateDirectory("/folder"));
        FileMachine.Ok(machine.Files.CreateDirectory("/folder/A folder in it"));
        machine.WriteFile("/large.dat", new byte[5000]);
        machine.WriteFile("/folder/A file with a name.txt", new byte[700]);
        FileMachine.Ok(machine.Files.Synchronize());
        return machine.Volume.Image;
    }

    private static void Mutate(byte[] image, Random random)
    {
        // Most of what means anything is at the beginning.
        int limit = Math.Min(image.Length, random.Next(3) == 0 ? image.Length : 40 * 512);
        for (int count = random.Next(1, 12); count > 0; count--)
        {
            int position = random.Next(limit);
            image[position] = random.Next(4) switch
            {
                0 => (byte)(image[position] ^ (1 << random.Next(8))),
                1 => 0xFF,
                2 => (byte)random.Next(8),
                _ => (byte)random.Next(256),
            };
        }
    }

    private static void SetFat12(byte[] image, int table, uint cluster, uint value)
    {
        int position = table + ((int)cluster * 3 / 2);
        uint pair = BitConverter.ToUInt16(image, position);
        pair = cluster % 2 == 0 ? (pair & 0xF000) | value : (pair & 0x000F) | (value << 4);
        BitConverter.TryWriteBytes(image.AsSpan(position), (ushort)pair);
    }

    private static void Read(FileMachine machine, string path, int depth, ref int entries)
    {
        CallResult<OpenedFile> opened = machine.Files.Open(path.Length == 0 ? "/" : path, FileRequests.List);
        if (!opened.TryGet(out OpenedFile directory) || directory.Status != FileStatus.Ok)
        {
            return;
        }

        char[] name = new char[FileLimits.NameCharacters];
        List<(string Path, FileFlags Flags)> found = [];
        while (machine.Files.ReadDirectory(directory.File, name).Value is { Status: FileStatus.Ok, Count: not 0 } entry && ++entries < MaximumEntries)
        {
            found.Add(($"{path}/{new string(name, 0, (int)entry.Count)}", entry.Flags));
        }

        machine.Files.Close(directory.File);
        foreach ((string child, FileFlags flags) in found)
        {
            if ((flags & FileFlags.Directory) == 0)
            {
                ReadFile(machine, child);
            }
            else if (depth < MaximumDepth)
            {
                Read(machine, child, depth + 1, ref entries);
            }
        }
    }

    private static void ReadFile(FileMachine machine, string path)
    {
        CallResult<OpenedFile> opened = machine.Files.Open(path, FileRequests.Read);
        if (opened.TryGet(out OpenedFile file) && file.Status == FileStatus.Ok)
        {
            byte[] bytes = new byte[4096];
            for (int count = 0; count < 16 && machine.Files.Read(file.File, bytes).Value is { Status: FileStatus.Ok, Count: not 0 }; count++)
            {
            }

            machine.Files.Close(file.File);
        }
    }

    private static void Change(FileMachine machine)
    {
        machine.Files.CreateDirectory("/a new folder");
        CallResult<OpenedFile> opened = machine.Files.Open("/a new folder/a new file", FileRequests.Write | FileRequests.Create);
        if (opened.TryGet(out OpenedFile file) && file.Status == FileStatus.Ok)
        {
            machine.Files.Write(file.File, new byte[3000]);
            machine.Files.Close(file.File);
        }

        machine.Files.Rename("/large.dat", "/folder/larger.dat", replaces: false);
        machine.Files.Rename("/folder", "/a new folder/folder", replaces: false);
        machine.Files.Remove("/a new folder/folder/A file with a name.txt");
        machine.Files.Synchronize();
    }
}
