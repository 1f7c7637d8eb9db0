using System;
using System.Collections.Generic;
using System.Linq;

namespace NooksOS.Tool.Building;

/// <summary>Finds what matters in the output of a failed build.</summary>
public static class BuildLog
{
    private const int MostLines = 20;

    /// <summary>The distinct error lines, without the project in brackets at their ends; the last lines where there is no error line.</summary>
    public static IReadOnlyList<string> Errors(string output)
    {
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] errors =
        [
            .. lines.Where(line => line.Contains("error ", StringComparison.Ordinal) || line.Contains("error:", StringComparison.Ordinal))
                .Select(WithoutProject)
                .Distinct()
                .Take(MostLines),
        ];
        return errors.Length > 0 ? errors : lines[Math.Max(0, lines.Length - MostLines)..];
    }

    /// <summary>True where the build failed for want of room on the disk.</summary>
    public static bool SaysDiskFull(string output) => output.Contains("No space left on device", StringComparison.OrdinalIgnoreCase);

    private static string WithoutProject(string line)
    {
        int bracket = line.LastIndexOf(" [", StringComparison.Ordinal);
        return bracket > 0 && line.EndsWith(']') ? line[..bracket] : line;
    }
}
