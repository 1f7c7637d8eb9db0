using System.Collections.Generic;
using System.Text.Json;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Campaigns;

/// <summary>The faults in an instance, as the kernel's <c>inject --json</c> tells them.</summary>
public sealed record InjectionStatus
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>The extension.</summary>
    public string? Extension { get; init; }

    /// <summary>Which instance of it.</summary>
    public int Generation { get; init; }

    /// <summary>When the kernel said this, since the machine was started.</summary>
    public double Milliseconds { get; init; }

    /// <summary>The faults.</summary>
    public IReadOnlyList<InjectedFault> Faults { get; init; } = [];

    /// <summary>Reads the document.</summary>
    public static InjectionStatus Parse(string json)
        => JsonSerializer.Deserialize<InjectionStatus>(json, s_json) ?? throw new HostException("the kernel tells nothing about its faults");
}
