using System;
using System.Linq;
using System.Text.Json;

namespace NooksOS.Tool.Benchmarks;

/// <summary>One load of files that was measured: the line that the guest's <c>filebench --json</c> prints of it, and more.</summary>
public sealed record FileLoadTime
{
    /// <summary>The loads, in the order in which they must run.</summary>
    public static readonly string[] Loads = ["sequentialWrite", "sequentialRead", "randomRead", "randomWrite", "compile"];

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Which load.</summary>
    public string Load { get; init; } = string.Empty;

    /// <summary>Bytes that went through the file system.</summary>
    public long Bytes { get; init; }

    /// <summary>How long it took by the guest's clock.</summary>
    public double Milliseconds { get; init; }

    /// <summary>Time of the host's processors that the machine took for it.</summary>
    public TimeSpan ProcessorTime { get; init; }

    /// <summary>Reads what was printed of one load.</summary>
    public static FileLoadTime Parse(string json) => JsonSerializer.Deserialize<FileLoadTime[]>(json, s_json)!.Single();
}
