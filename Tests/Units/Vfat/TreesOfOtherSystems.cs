using System;
using System.Collections.Generic;
using System.Globalization;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>
/// Trees that mtools wrote are read byte for byte, and trees written here are read by mtools byte for byte and pass fsck.vfat.
/// NOOKS_VFAT_TREES says how many there are; of more than a few, some have a file of up to 100 MB.
/// </summary>
public sealed class TreesOfOtherSystems
{
    private const int LargeFileEvery = 10;
    private const int LargestFileBytes = 100_000_000;
    private const int LargeVolumeKibibytes = 120 * 1024;

    private static int Trees
        => int.TryParse(Environment.GetEnvironmentVariable("NOOKS_VFAT_TREES"), CultureInfo.InvariantCulture, out int count) ? count : 2;

    [Theory]
    [InlineData(12, 2048, 1)]
    [InlineData(16, 16 * 1024, 2)]
    [InlineData(32, 36 * 1024, 1)]
    public void TheyAreReadByteForByte(int fatBits, int kibibytes, int clusterSectors)
    {
        for (int seed = 0; seed < Trees; seed++)
        {
            SortedDictionary<string, byte[]?> tree = HostTree.GenerateForMtools(seed, kibibytes * 300, clusterSectors);
            using TemporaryImage image = new(Format(seed, tree, fatBits, kibibytes, clusterSectors));
            HostTree.WriteByMtools(image, tree);
            FileMachine machine = new(new MemoryVolume(image.Read()) { IsReadOnly = true });
            HostTree.AssertSame(tree, machine.ReadTree());
        }
    }

    [Theory]
    [InlineData(12, 2048, 1)]
    [InlineData(16, 16 * 1024, 2)]
    [InlineData(32, 36 * 1024, 1)]
    public void TheyReadWhatIsWrittenHere(int fatBits, int kibibytes, int clusterSectors)
    {
        for (int seed = 100; seed < 100 + Trees; seed++)
        {
            SortedDictionary<string, byte[]?> tree = HostTree.Generate(seed, kibibytes * 300);
            FileMachine machine = new(new MemoryVolume(Format(seed, tree, fatBits, kibibytes, clusterSectors)));
            foreach ((string path, byte[]? content) in tree)
            {
                if (content is null)
                {
                    FileMachine.Ok(machine.Files.CreateDirectory(path));
                }
                else
                {
                    machine.WriteFile(path, content);
                }
            }

            FileMachine.Ok(machine.Files.Synchronize());
            Assert.Empty(HostTools.Check(machine.Volume.Image));
            HostTree.AssertSame(tree, HostTree.ReadByMtools(machine.Volume.Image));
        }
    }

    [Theory]
    [InlineData(12, 2048)]
    [InlineData(32, 36 * 1024)]
    public void TheyAreChangedAndStayInOrder(int fatBits, int kibibytes)
    {
        SortedDictionary<string, byte[]?> tree = HostTree.GenerateForMtools(7, kibibytes * 300, clusterSectors: 1);
        using TemporaryImage image = new(HostTools.Format(fatBits, kibibytes, "-s", "1"));
        HostTree.WriteByMtools(image, tree);
        FileMachine machine = new(new MemoryVolume(image.Read()));
        int index = 0;
        foreach (string path in new List<string>(tree.Keys))
        {
            if (tree[path] is not { } content)
            {
                continue;
            }

            switch (index++ % 3)
            {
                case 0:
                    FileMachine.Ok(machine.Files.Remove(path));
                    tree.Remove(path);
                    break;
                case 1:
                    machine.Append(path, [1, 2, 3]);
                    tree[path] = [.. content, 1, 2, 3];
                    break;
                default:
                    FileMachine.Ok(machine.Files.Rename(path, $"/moved {index}", replaces: false));
                    tree.Remove(path);
                    tree.Add($"/moved {index}", content);
                    break;
            }
        }

        FileMachine.Ok(machine.Files.Synchronize());
        Assert.Empty(HostTools.Check(machine.Volume.Image));
        HostTree.AssertSame(tree, HostTree.ReadByMtools(machine.Volume.Image));
    }

    // One tree in ten gets a file that takes most of a larger volume.
    private static byte[] Format(int seed, SortedDictionary<string, byte[]?> tree, int fatBits, int kibibytes, int clusterSectors)
    {
        if (seed % LargeFileEvery == LargeFileEvery - 1)
        {
            Random random = new(seed);
            byte[] content = new byte[random.Next(LargestFileBytes / 2, LargestFileBytes + 1)];
            random.NextBytes(content);
            tree.Add("/a large file.bin", content);
            kibibytes = LargeVolumeKibibytes;
            clusterSectors = fatBits switch { 12 => 64, 16 => 8, _ => 1 };
        }

        return HostTools.Format(fatBits, kibibytes, "-s", $"{clusterSectors}");
    }
}
