using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Disks;

/// <summary>The image of a disk with a FAT file system, in the hands of the host's programs: dosfstools and mtools.</summary>
public sealed class FatImage
{
    private const string Env = "/usr/bin/env";

    private FatImage(string path) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Makes an empty file system.</summary>
    /// <param name="path">The file, which takes the room only that is used in it.</param>
    /// <param name="megabytes">The size of the disk, in units of 2^20 bytes.</param>
    /// <param name="fatBits">12, 16 or 32.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<FatImage> CreateAsync(string path, int megabytes, int fatBits, CancellationToken cancellation)
    {
        await using (FileStream file = File.Create(path))
        {
            file.SetLength((long)megabytes << 20);
        }

        await RequireAsync(["/usr/sbin/mkfs.vfat", "-F", fatBits.ToString(CultureInfo.InvariantCulture), "-n", "NOOKS", path], cancellation);
        return new FatImage(path);
    }

    /// <summary>Copies a folder of the host, with all that is in it, into the root.</summary>
    public Task CopyInAsync(string folder, CancellationToken cancellation)
        => RequireAsync(["mcopy", "-i", Path, "-s", "-Q", folder, "::"], cancellation);

    /// <summary>Copies everything that a folder of the image holds into one of the host; the root is <c>/</c>.</summary>
    public async Task CopyOutAsync(string folder, string target, CancellationToken cancellation)
    {
        Directory.CreateDirectory(target);
        ProcessResult listed = await RunAsync(["mdir", "-i", Path, "-b", $"::{folder}"], cancellation);
        if (listed.ExitStatus == 0 && listed.Output.Trim().Length != 0)
        {
            await RequireAsync(["mcopy", "-i", Path, "-s", "-n", $"::{folder.TrimEnd('/')}/*", target], cancellation);
        }
    }

    /// <summary>Has fsck.vfat look at it. Nothing is changed.</summary>
    public async Task<VolumeCheck> CheckAsync(CancellationToken cancellation)
        => VolumeCheck.Parse((await RunAsync(["/usr/sbin/fsck.vfat", "-n", Path], cancellation)).Output);

    private static async Task RequireAsync(string[] command, CancellationToken cancellation)
    {
        ProcessResult result = await RunAsync(command, cancellation);
        if (result.ExitStatus != 0)
        {
            throw new HostException($"{command[0]} failed: {result.Errors.Trim()} {result.Output.Trim()}");
        }
    }

    // Without the names' coding mtools would not read long names, and its own look at the image is no business of it here.
    private static Task<ProcessResult> RunAsync(IEnumerable<string> command, CancellationToken cancellation)
        => ChildProcess.RunAsync(Env, ["LC_ALL=C.UTF-8", "MTOOLS_SKIP_CHECK=1", .. command], cancellation: cancellation);
}
