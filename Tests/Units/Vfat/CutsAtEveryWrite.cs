using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>
/// Random sequences of operations, cut after every single write: what is on the medium then is in order but for clusters that
/// belong to nobody, and nothing is missing that was said to be there. NOOKS_VFAT_SEQUENCES says how many sequences there are.
/// </summary>
public sealed class CutsAtEveryWrite
{
    private const int Operations = 24;
    private const int MountEvery = 11;
    private const int CompareEvery = 97;

    private static int Sequences
        => int.TryParse(Environment.GetEnvironmentVariable("NOOKS_VFAT_SEQUENCES"), CultureInfo.InvariantCulture, out int count) ? count : 60;

    [Theory]
    [InlineData(12, 512, 0)]
    [InlineData(12, 512, 1)]
    [InlineData(16, 2600, 2)]
    [InlineData(32, 1024, 3)]
    [InlineData(32, 1024, 4)]
    public void TheVolumeIsInOrder(int fatBits, int kibibytes, int salt)
    {
        int clusterSectors = salt is 1 or 4 ? 4 : 1;
        byte[] formatted = HostTools.Format(fatBits, kibibytes, "-s", $"{clusterSectors}");
        for (int seed = 0; seed < Sequences / 5; seed++)
        {
            CutOneSequence([.. formatted], (seed * 10) + salt);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AFileThatIsCopiedToItsNewPlaceHasOneOfItsNames(bool replaces)
    {
        const string Old = "/directory/old.txt";
        const string New = "/A much longer name than it had.txt";
        byte[] formatted = HostTools.Format(16, 2600, "-s", "1");
        MemoryVolume volume = new([.. formatted]) { Traces = true };
        FileMachine machine = new(volume);
        byte[] content = [.. Enumerable.Range(0, 3000).Select(index => (byte)(index / 11))];
        FileMachine.Ok(machine.Files.CreateDirectory("/directory"));
        machine.WriteFile(Old, content);
        if (replaces)
        {
            machine.WriteFile(New, [1, 2, 3]);
        }

        FileMachine.Ok(machine.Files.Synchronize());
        int flushed = volume.Trace.Count;
        FileMachine.Ok(machine.Files.Rename(Old, New, replaces));
        for (int only = flushed; only < volume.Trace.Count; only++)
        {
            // All of the epochs before, and of its own just this one.
            byte[] image = [.. formatted];
            foreach (VolumeWrite write in volume.Trace.Where((write, index) => write.Epoch < volume.Trace[only].Epoch || index == only))
            {
                write.Bytes.CopyTo(image, write.Position);
            }

            SortedDictionary<string, byte[]?> tree = new FileMachine(new MemoryVolume(image)).ReadTree();
            Assert.Contains(tree, file => file.Value is { } found && content.AsSpan().SequenceEqual(found));
        }
    }

    private static void CutOneSequence(byte[] formatted, int seed)
    {
        MemoryVolume volume = new([.. formatted]) { Traces = true };
        FileMachine machine = new(volume, copyLimitBytes: 1 << 20);
        OperationSequence sequence = new(machine, seed);
        sequence.Run(Operations);
        Assert.Equal(sequence.Tree.OrderBy(file => file.Key, StringComparer.Ordinal), machine.ReadTree());

        byte[] image = [.. formatted];
        FatChecker checker = new(image);
        Random random = new(seed);
        for (int cut = 1; cut <= volume.Trace.Count; cut++)
        {
            VolumeWrite write = volume.Trace[cut - 1];
            write.Bytes.CopyTo(image, write.Position);
            string where = $"sequence {seed}, after write {cut} of {volume.Trace.Count}";
            RequireOrder(checker, where);
            if (random.Next(MountEvery) == 0)
            {
                RequireContent([.. image], sequence, cut, where);
                byte[] reordered = Reorder(formatted, volume.Trace, cut, random);
                RequireOrder(new FatChecker(reordered), where + ", reordered");
                RequireContent(reordered, sequence, cut, where + ", reordered");
            }

            if (random.Next(CompareEvery * Sequences / 10) == 0)
            {
                Assert.Empty(HostTools.CheckAfterCut(image));
            }
        }

        FileMachine.Ok(machine.Files.Synchronize());
        Assert.Empty(new FatChecker(volume.Image).Check(0));
    }

    // The first and the second copy of the table: after a cut between the two either may be taken.
    private static void RequireOrder(FatChecker checker, string where)
    {
        for (int copy = 0; copy < checker.Copies; copy++)
        {
            Assert.True(checker.Check(copy) is { Count: 0 } or null, $"{where}, copy {copy}: {string.Join("; ", checker.Check(copy))}");
        }
    }

    private static void RequireContent(byte[] image, OperationSequence sequence, int cut, string where)
    {
        FileMachine machine = new(new MemoryVolume(image));
        Assert.True(machine.IsMounted, where);
        SortedDictionary<string, byte[]?> tree = machine.ReadTree();
        foreach ((string path, byte[]? content) in sequence.CertainAfter(cut))
        {
            Assert.True(tree.TryGetValue(path, out byte[]? found), $"{where}: {path} is missing");
            Assert.True(content is null ? found is null : found is not null && content.AsSpan().SequenceEqual(found), $"{where}: {path} is not what it was");
        }

        // The mount has put everything in order, and the next change leaves nothing lost.
        FileMachine.Ok(machine.Files.CreateDirectory("/after the cut"));
        FileMachine.Ok(machine.Files.Synchronize());
        FatChecker checker = new(image);
        Assert.True(checker.Check(0).Count == 0 && checker.LostClusters == 0, $"{where}: after mounting, {checker.LostClusters} lost");
        Assert.Empty(checker.Check(checker.Copies - 1));
    }

    // All of the epochs before one of the last two, which what is late has opened, and some of that one.
    private static byte[] Reorder(byte[] formatted, List<VolumeWrite> trace, int cut, Random random)
    {
        byte[] image = [.. formatted];
        int epoch = trace.Take(cut).Max(write => write.Epoch) - random.Next(2);
        foreach (VolumeWrite write in trace.Take(cut))
        {
            if (write.Epoch < epoch || (write.Epoch == epoch && random.Next(2) == 0))
            {
                write.Bytes.CopyTo(image, write.Position);
            }
        }

        return image;
    }
}
