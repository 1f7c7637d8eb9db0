using System.Collections.Generic;
using System.Text.Json;

namespace NooksOS.Tool.Machines;

/// <summary>An extension as the kernel's <c>domains --json</c> tells it.</summary>
public sealed record DomainInfo
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Its name.</summary>
    public string Extension { get; init; } = string.Empty;

    /// <summary>How it is isolated.</summary>
    public string? Mode { get; init; }

    /// <summary>Whether it runs.</summary>
    public string State { get; init; } = string.Empty;

    /// <summary>Which instance of it.</summary>
    public int Generation { get; init; }

    /// <summary>How often it failed.</summary>
    public int Faults { get; init; }

    /// <summary>How often it was started again.</summary>
    public int Restarts { get; init; }

    /// <summary>Memory that it holds.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Kernel objects that it holds.</summary>
    public int Objects { get; init; }

    /// <summary>Reads the output of <c>domains --json</c>.</summary>
    public static IReadOnlyList<DomainInfo> ParseAll(string json) => JsonSerializer.Deserialize<DomainInfo[]>(json, s_json) ?? [];
}
