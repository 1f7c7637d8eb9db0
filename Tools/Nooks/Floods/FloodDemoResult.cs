using System;
using System.Text.Json.Serialization;

namespace NooksOS.Tool.Floods;

/// <summary>What the demonstration shows. The names are those of its JSON document.</summary>
public sealed record FloodDemoResult
{
    private const int Digits = 3;

    /// <summary>Puts together what was sent and what the guest made of it.</summary>
    public FloodDemoResult(FloodDemoSettings settings, long accepted, long refused, ServiceCounts service)
    {
        RequestsSent = settings.Requests;
        RequestsAccepted = accepted;
        FuzzedSent = settings.FuzzedSegments;
        Resets = refused;
        ServiceSucceeded = service.Succeeded;
        ServiceFailed = service.Failed;
        ServiceFirstFailure = service.FirstFailure;
        ServiceLongestMilliseconds = Math.Round(service.LongestMilliseconds, Digits);
    }

    /// <summary>Hostile requests for connections that were sent.</summary>
    public long RequestsSent { get; }

    /// <summary>Those that the guest agreed to.</summary>
    public long RequestsAccepted { get; }

    /// <summary>Random segments that were sent.</summary>
    public long FuzzedSent { get; }

    /// <summary>Hostile segments that the guest answered by a reset.</summary>
    public long Resets { get; }

    /// <summary>Broken HTTP requests that were sent.</summary>
    public int BrokenRequestsSent { get; init; }

    /// <summary>Those after which the web server neither answered nor ended the connection.</summary>
    public int BrokenRequestsStalled { get; init; }

    /// <summary>Real requests that were answered rightly meanwhile.</summary>
    public int ServiceSucceeded { get; }

    /// <summary>Real requests that were not.</summary>
    public int ServiceFailed { get; }

    /// <summary>How the first of these failed; null if none did.</summary>
    public string? ServiceFirstFailure { get; }

    /// <summary>How long the slowest real request took.</summary>
    public double ServiceLongestMilliseconds { get; }

    /// <summary>The guest's memory before.</summary>
    public required GuestMemory MemoryBefore { get; init; }

    /// <summary>The guest's memory after.</summary>
    public required GuestMemory MemoryAfter { get; init; }

    /// <summary>Connections that the guest still held at the end.</summary>
    public required int ConnectionsAfter { get; init; }

    /// <summary>Extensions that failed meanwhile.</summary>
    public required int Faults { get; init; }

    /// <summary>How the first of them failed; null if none did.</summary>
    public string? FirstFault { get; init; }

    /// <summary>True where the guest took the flood, went on with its service and gave all memory back.</summary>
    [JsonIgnore]
    public bool IsGood =>
        (RequestsSent == 0 || RequestsAccepted > 0)
        && ServiceSucceeded > 0
        && ServiceFailed == 0
        && BrokenRequestsStalled == 0
        && Faults == 0
        && ConnectionsAfter == 0
        && MemoryAfter.OtherPages <= MemoryBefore.OtherPages;
}
