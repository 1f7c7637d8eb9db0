using System;
using System.Collections.Generic;
using System.Text.Json;

namespace NooksOS.Tool.Benchmarks;

/// <summary>One line of what the guest's <c>filebench --json</c> prints.</summary>
public sealed record FileLoadTime
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Which load.</summary>
    public string Load { get; init; } = string.Empty;

    /// <summary>Bytes that went through the file system.</summary>
    public long Bytes { get; init; }

    /// <summary>How long it took by the guest's clock.</summary>
    public double Milliseconds { get; init; }

    /// <summary>Reads all lines.</summary>
    public static IReadOnlyList<FileLoadTime> ParseAll(string json) => JsonSerializer.Deserialize<FileLoadTime[]>(json, s_json) ?? [];
}
