using System.Collections.Generic;
using System.Text.Json;

namespace NooksOS.Tool.Machines;

/// <summary>A failure of an extension as the kernel's <c>faults --json</c> tells it.</summary>
public sealed record FaultRecord
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Counts from one.</summary>
    public int Id { get; init; }

    /// <summary>Who failed.</summary>
    public string Extension { get; init; } = string.Empty;

    /// <summary>Which instance of it.</summary>
    public int Generation { get; init; }

    /// <summary>How it was detected.</summary>
    public string Kind { get; init; } = string.Empty;

    /// <summary>In words: the message of an exception, what was not done.</summary>
    public string Detail { get; init; } = string.Empty;

    /// <summary>When it was detected, since the machine was started.</summary>
    public double TimeMilliseconds { get; init; }

    /// <summary>The address that was touched.</summary>
    public string? Address { get; init; }

    /// <summary>The function that failed.</summary>
    public string? Function { get; init; }

    /// <summary>Its source file.</summary>
    public string? File { get; init; }

    /// <summary>The source line.</summary>
    public int? Line { get; init; }

    /// <summary>What the policy decided.</summary>
    public string? Decision { get; init; }

    /// <summary>How it ended.</summary>
    public string? Outcome { get; init; }

    /// <summary>Kernel objects that were lost.</summary>
    public int ObjectsLeaked { get; init; }

    /// <summary>Memory pages that were lost.</summary>
    public long PagesLeaked { get; init; }

    /// <summary>From the failure to a driver that is ready; null where that was not reached.</summary>
    public double? RecoveryMilliseconds { get; init; }

    /// <summary>The steps of the recovery.</summary>
    public IReadOnlyList<FaultStep> Steps { get; init; } = [];

    /// <summary>Where it was called from, innermost first; only <c>faults ID</c> tells.</summary>
    public IReadOnlyList<StackEntry> Stack { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} at {TimeMilliseconds} ms in {Function ?? "no function"} ({Detail}): {Outcome}";

    /// <summary>Reads the output of <c>faults --json</c>.</summary>
    public static IReadOnlyList<FaultRecord> ParseAll(string json) => JsonSerializer.Deserialize<FaultRecord[]>(json, s_json) ?? [];

    /// <summary>Reads the output of <c>faults ID --json</c>.</summary>
    public static FaultRecord Parse(string json)
        => JsonSerializer.Deserialize<FaultRecord>(json, s_json) ?? throw new JsonException("a record of a failure is none");
}
