using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace NooksOS.Tool.Disks;

/// <summary>What fsck.vfat has to say of a volume.</summary>
public sealed partial record VolumeCheck
{
    private VolumeCheck(IReadOnlyList<string> findings) => Findings = findings;

    /// <summary>What it found; nothing if the volume is in order and was put to rest.</summary>
    public IReadOnlyList<string> Findings { get; }

    /// <summary>Whether it found nothing at all.</summary>
    public bool IsClean => Findings.Count == 0;

    /// <summary>
    /// What it found beyond what a power cut may leave: clusters that belong to nobody, their number not known, the mark that the
    /// volume was in use, and a second copy of the table that is a little behind.
    /// </summary>
    public IReadOnlyList<string> Damage => [.. Findings.Where(line => !AfterCutLine().IsMatch(line))];

    /// <summary>Reads its output.</summary>
    public static VolumeCheck Parse(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        IEnumerable<string> lines = output.Split('\n').Select(line => line.Trim());
        return new VolumeCheck([.. lines.Where(line => line.Length != 0 && !HarmlessLine().IsMatch(line))]);
    }

    // The first and last line, what small volumes are warned of, and the note that nothing was changed.
    [GeneratedRegex(@"^fsck\.fat \d|: \d+ files, \d+/\d+ clusters$|^Warning: Filesystem is FAT32|but has only|minimum of|This may lead|^\*\*\* Filesystem was changed|^Leaving filesystem unchanged|Checking we can")]
    private static partial Regex HarmlessLine();

    [GeneratedRegex(@"Dirty bit is set|^Automatically removing dirty bit|^Reclaimed \d+ unused cluster|^Free cluster summary|^Auto-correcting|^Auto-setting|^Auto setting|^FATs differ but appear to be intact|^Using first FAT")]
    private static partial Regex AfterCutLine();
}
