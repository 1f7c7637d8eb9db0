using System;
using System.Linq;
using System.Text.Json;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Requests;

/// <summary>What one run of wrk has come to. The names are those of the line that its script prints.</summary>
public sealed record RequestsRound
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    /// <summary>Requests that were answered.</summary>
    public required long Requests { get; init; }

    /// <summary>Replies that were not the expected bytes with status 200.</summary>
    public required long WrongReplies { get; init; }

    /// <summary>Connections that could not be made.</summary>
    public required long ConnectErrors { get; init; }

    /// <summary>Connections that ended while a reply was waited for, or replies that cannot be understood.</summary>
    public required long ReadErrors { get; init; }

    /// <summary>Connections that ended while a request was sent.</summary>
    public required long WriteErrors { get; init; }

    /// <summary>Replies that did not come in time.</summary>
    public required long Timeouts { get; init; }

    /// <summary>How long it took.</summary>
    public required double Seconds { get; init; }

    /// <summary>The median of the time to the reply.</summary>
    public required double P50Milliseconds { get; init; }

    /// <summary>What 99 in 100 of these times do not exceed.</summary>
    public required double P99Milliseconds { get; init; }

    /// <summary>The longest of these times.</summary>
    public required double LongestMilliseconds { get; init; }

    /// <summary>Finds the script's line in what wrk has printed.</summary>
    /// <exception cref="HostException">It is not there.</exception>
    public static RequestsRound Parse(string output)
    {
        string? line = output.Split('\n').LastOrDefault(line => line.StartsWith('{'));
        return line is null
            ? throw new HostException($"wrk has not said what it counted: {output.Trim()}")
            : JsonSerializer.Deserialize<RequestsRound>(line, s_json)!;
    }
}
