using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;

namespace NooksOS.Tool.Campaigns;

/// <summary>Somebody who works with files: a tree is copied and brought to the disk, and every file of the copy is read and checked.</summary>
internal sealed class FileWorkload(GuestJobs jobs, IReadOnlyDictionary<string, string> digests) : ITrialWorkload
{
    private const string Tree = "tree";
    private const int DiskBytes = 32 << 20;
    private const int Seed = 1;

    private static readonly int[] s_lengthsBytes = [0, 1, 511, 513, 4096, 20_000, 70_000];

    /// <summary>Makes the image of a disk with the tree.</summary>
    /// <returns>The digest of each file by its path in the tree.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> MakeDiskAsync(string image, string folder, CancellationToken cancellation)
    {
        SortedDictionary<string, string> digests = new(StringComparer.Ordinal);
        Random random = new(Seed);
        foreach (int lengthBytes in s_lengthsBytes)
        {
            byte[] content = new byte[lengthBytes];
            random.NextBytes(content);
            string path = $"directory {lengthBytes % 3}/a file of {lengthBytes} bytes.data";
            string file = Path.Combine(folder, Tree, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, content, cancellation);
            digests.Add(path, Convert.ToHexStringLower(SHA256.HashData(content)));
        }

        await using (FileStream disk = File.Create(image))
        {
            disk.SetLength(DiskBytes);
        }

        await RunHostProgramAsync("/usr/sbin/mkfs.vfat", ["-F", "16", image], cancellation);
        await RunHostProgramAsync("mcopy", ["-i", image, "-s", "-Q", Path.Combine(folder, Tree), "::"], cancellation);
        return digests;
    }

    /// <inheritdoc/>
    public async Task<WorkloadResult> RunAsync(TimeSpan deadline, int seed, CancellationToken cancellation)
    {
        WaitMeter meter = new();
        using CancellationTokenSource bound = SteadyBound.Start(deadline, cancellation);
        int errors = 0;
        string? failure = null;
        try
        {
            while (true)
            {
                // Where there is no copy of an earlier trial, there is none to be removed.
                await jobs.RunAsync("rm /copy --recursive", bound.Token);
                meter.Answered();
                if (await CopyAsync(meter, bound.Token) is { } problem)
                {
                    errors++;
                    failure = problem;
                    continue;
                }

                CommandResult read = await jobs.RunAsync("sha256 /copy --json", bound.Token);
                if (!read.Succeeded)
                {
                    errors++;
                    failure = read.Output.Trim();
                    continue;
                }

                bool isRight = ReadDigests(read.Output).SequenceEqual(digests);
                return new WorkloadResult(
                    true, isRight ? 0 : 1, errors, meter.LongestMilliseconds(), isRight ? failure : "a copied file has other bytes");
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new WorkloadResult(false, 0, errors, meter.LongestMilliseconds(), failure ?? "a file command did not end");
        }
    }

    private static async Task RunHostProgramAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        ProcessResult result = await ChildProcess.RunAsync(program, arguments, cancellation: cancellation);
        if (result.ExitStatus != 0)
        {
            throw new HostException($"{program} failed: {result.Errors.Trim()}");
        }
    }

    private static SortedDictionary<string, string> ReadDigests(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return new SortedDictionary<string, string>(
            document.RootElement.EnumerateArray().ToDictionary(
                file => file.GetProperty("path").GetString()!, file => file.GetProperty("sha256").GetString()!),
            StringComparer.Ordinal);
    }

    private async Task<string?> CopyAsync(WaitMeter meter, CancellationToken cancellation)
    {
        foreach (string command in (string[])["cp /tree /copy --recursive", "sync"])
        {
            CommandResult result = await jobs.RunAsync(command, cancellation);
            if (!result.Succeeded)
            {
                return result.Output.Trim();
            }

            meter.Answered();
        }

        return null;
    }
}
