using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Disks;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Campaigns;

/// <summary>The disk of a machine with a tree of files on it, which nobody there changes.</summary>
internal sealed class FileWorkloadDisk
{
    /// <summary>The directory with the tree.</summary>
    public const string Tree = "tree";

    private const int Megabytes = 32;
    private const int FatBits = 16;
    private const int SectorBytes = 512;
    private const int DirectoryEntryBytes = 32;
    private const int Seed = 1;

    // Offsets of the parameter block in a boot sector.
    private const int ReservedSectors = 14;
    private const int Tables = 16;
    private const int RootEntries = 17;
    private const int TableSectors = 22;

    private static readonly int[] s_lengthsBytes = [0, 1, 511, 513, 4096, 20_000, 70_000];

    private readonly FatImage _image;
    private readonly List<(long Offset, byte[] Content)> _sectors;

    private FileWorkloadDisk(FatImage image, SortedDictionary<string, string> digests)
    {
        _image = image;
        Digests = digests;
        _sectors = ReadContent(File.ReadAllBytes(image.Path));
    }

    /// <summary>The digest of each file by its path in the tree.</summary>
    public SortedDictionary<string, string> Digests { get; }

    /// <summary>Makes the image.</summary>
    /// <param name="image">The file.</param>
    /// <param name="folder">A folder of the host for the tree.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<FileWorkloadDisk> MakeAsync(string image, string folder, CancellationToken cancellation)
    {
        string root = Path.Combine(folder, Tree);
        Random random = new(Seed);
        foreach (int lengthBytes in s_lengthsBytes)
        {
            byte[] content = new byte[lengthBytes];
            random.NextBytes(content);
            string file = Path.Combine(root, $"directory {lengthBytes % 3}", $"a file of {lengthBytes} bytes.data");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, content, cancellation);
        }

        FatImage made = await FatImage.CreateAsync(image, Megabytes, FatBits, cancellation);
        await made.CopyInAsync(root, cancellation);
        return new FileWorkloadDisk(made, FileTree.ReadDigests(root));
    }

    /// <summary>
    /// Says what of the tree is no longer on the medium as it was, whatever the machine says of it; null if all is. Its sectors are
    /// compared, or if it is to be thorough, the host reads the volume as well.
    /// </summary>
    public async Task<string?> FindLossAsync(bool isThorough, CancellationToken cancellation)
        => FindChangedSector() ?? (isThorough ? await FindDamageAsync(cancellation) : null);

    // Behind the root directory: what lies before changes with the copies.
    private static List<(long Offset, byte[] Content)> ReadContent(byte[] image)
    {
        int tables = image[Tables] * BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(TableSectors));
        int start = ((BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(ReservedSectors)) + tables) * SectorBytes)
            + (BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(RootEntries)) * DirectoryEntryBytes);
        List<(long Offset, byte[] Content)> sectors = [];
        for (int offset = start; offset < image.Length; offset += SectorBytes)
        {
            ReadOnlySpan<byte> sector = image.AsSpan(offset, SectorBytes);
            if (sector.ContainsAnyExcept((byte)0))
            {
                sectors.Add((offset, sector.ToArray()));
            }
        }

        return sectors;
    }

    private string? FindChangedSector()
    {
        using FileStream file = new(_image.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> now = stackalloc byte[SectorBytes];
        foreach ((long offset, byte[] content) in _sectors)
        {
            file.Seek(offset, SeekOrigin.Begin);
            file.ReadExactly(now);
            if (!now.SequenceEqual(content))
            {
                return $"sector {offset / SectorBytes}, which nobody wrote, was changed on the disk";
            }
        }

        return null;
    }

    private async Task<string?> FindDamageAsync(CancellationToken cancellation)
    {
        VolumeCheck check = await _image.CheckAsync(cancellation);
        if (check.Damage.Count != 0)
        {
            return $"the volume on the disk is damaged: {check.Damage[0]}";
        }

        using TemporaryFolder copy = new();
        try
        {
            await _image.CopyOutAsync($"/{Tree}", copy.Location, cancellation);
        }
        catch (HostException failure)
        {
            return $"the tree on the disk cannot be read: {failure.Message}";
        }

        return FileTree.ReadDigests(copy.Location).SequenceEqual(Digests) ? null : "the tree on the disk was changed";
    }
}
