using System.Collections.Generic;
using System.Text.Json;

namespace NooksOS.Tool.Benchmarks;

/// <summary>
/// What the kernel's <c>bench xpc --json</c> measured. A tick of the processor's time-stamp counter is one instruction
/// in a machine that counts instructions, and real time otherwise.
/// </summary>
public sealed record XpcMeasurement
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>The protection mechanism in force.</summary>
    public string Protection { get; init; } = string.Empty;

    /// <summary>How many round trips were made.</summary>
    public int Rounds { get; init; }

    /// <summary>A call from the kernel into a domain and back.</summary>
    public double KernelToDomainTicks { get; init; }

    /// <summary>A call from a domain into the kernel and back.</summary>
    public double DomainToKernelTicks { get; init; }

    /// <summary>The first of these without protection, in the same boot.</summary>
    public double DirectKernelToDomainTicks { get; init; }

    /// <summary>The second of these without protection, in the same boot.</summary>
    public double DirectDomainToKernelTicks { get; init; }

    /// <summary>What the parts of the gate cost.</summary>
    public IReadOnlyList<XpcPart> Parts { get; init; } = [];

    /// <summary>Reads the kernel's document.</summary>
    public static XpcMeasurement Parse(string json) => JsonSerializer.Deserialize<XpcMeasurement>(json, s_json) ?? new XpcMeasurement();
}
