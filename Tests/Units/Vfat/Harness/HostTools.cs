using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>The programs of Debian that other systems make and check FAT volumes with: dosfstools and mtools.</summary>
internal static partial class HostTools
{
    private static readonly Dictionary<string, byte[]> s_formatted = [];

    /// <summary>A fresh volume made by mkfs.vfat.</summary>
    public static byte[] Format(int fatBits, int kibibytes, params string[] options)
    {
        string key = $"{fatBits} {kibibytes} {string.Join(' ', options)}";
        lock (s_formatted)
        {
            if (!s_formatted.TryGetValue(key, out byte[]? image))
            {
                using TemporaryImage file = new(new byte[kibibytes * 1024]);
                Run("/usr/sbin/mkfs.vfat", ["-F", $"{fatBits}", "-i", "4E4F4F4B", .. options, file.Path], out _);
                image = file.Read();
                s_formatted.Add(key, image);
            }

            return [.. image];
        }
    }

    /// <summary>Whether fsck.vfat has nothing to say beyond what it counts.</summary>
    public static string[] Check(byte[] image)
    {
        using TemporaryImage file = new(image);
        RunAny("/usr/sbin/fsck.vfat", ["-n", file.Path], out string output);
        return [.. output.Split('\n').Select(line => line.Trim()).Where(line => line.Length != 0 && !HarmlessLine().IsMatch(line))];
    }

    /// <summary>What a cut may leave: clusters that belong to nobody, their number not known, and copies of the table that differ.</summary>
    public static string[] CheckAfterCut(byte[] image) => [.. Check(image).Where(line => !AfterCutLine().IsMatch(line))];

    /// <summary>Runs one of the mtools on an image.</summary>
    public static void Mtools(string program, TemporaryImage image, params string[] arguments)
        => Run($"/usr/bin/{program}", ["-i", image.Path, .. arguments], out _);

    private static void Run(string program, IEnumerable<string> arguments, out string output)
    {
        int code = RunAny(program, arguments, out output);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}: {output}");
    }

    private static int RunAny(string program, IEnumerable<string> arguments, out string output)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["MTOOLS_SKIP_CHECK"] = "1";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException(program);
        process.StandardInput.Close();
        System.Threading.Tasks.Task<string> errors = process.StandardError.ReadToEndAsync();
        output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return process.ExitCode;
    }

    // The first and last line, what small volumes are warned of, and the note that nothing was changed.
    [GeneratedRegex(@"^fsck\.fat \d|: \d+ files, \d+/\d+ clusters$|^Warning: Filesystem is FAT32|but has only|minimum of|This may lead|^Leaving filesystem unchanged|Checking we can")]
    private static partial Regex HarmlessLine();

    [GeneratedRegex(@"^Dirty bit is set|^Automatically removing dirty bit|^Reclaimed \d+ unused cluster|^Free cluster summary|^Auto-correcting|^Auto-setting|^FATs differ but appear to be intact|^Using first FAT")]
    private static partial Regex AfterCutLine();
}
