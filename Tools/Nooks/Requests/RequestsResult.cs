using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using NooksOS.Tool.Echo;

namespace NooksOS.Tool.Requests;

/// <summary>What the demonstration shows. The names are those of its JSON document.</summary>
public sealed record RequestsResult
{
    private const int Digits = 3;

    /// <summary>Adds up the rounds.</summary>
    public RequestsResult(IReadOnlyList<RequestsRound> rounds, int connections, int crashes)
    {
        ArgumentNullException.ThrowIfNull(rounds);
        Connections = connections;
        Crashes = crashes;
        Requests = rounds.Sum(round => round.Requests);
        WrongReplies = rounds.Sum(round => round.WrongReplies);
        Errors = rounds.Sum(round => round.ConnectErrors + round.ReadErrors + round.WriteErrors);
        Timeouts = rounds.Sum(round => round.Timeouts);
        Seconds = Math.Round(rounds.Sum(round => round.Seconds), Digits);
        RequestsPerSecond = Math.Round(Requests / Seconds, Digits);
        P50Milliseconds = Math.Round(Percentiles.Of([.. rounds.Select(round => round.P50Milliseconds)], 50) ?? 0, Digits);
        P99Milliseconds = Math.Round(rounds.Max(round => round.P99Milliseconds), Digits);
        LongestMilliseconds = Math.Round(rounds.Max(round => round.LongestMilliseconds), Digits);
    }

    /// <summary>How many connections made the requests.</summary>
    public int Connections { get; }

    /// <summary>Requests that were answered.</summary>
    public long Requests { get; }

    /// <summary>Replies that were not the expected bytes with status 200.</summary>
    public long WrongReplies { get; }

    /// <summary>Connections that could not be made, or ended while a request or a reply was on its way.</summary>
    public long Errors { get; }

    /// <summary>Replies that did not come in time.</summary>
    public long Timeouts { get; }

    /// <summary>How often an extension was crashed meanwhile.</summary>
    public int Crashes { get; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; }

    /// <summary>How fast that is.</summary>
    public double RequestsPerSecond { get; }

    /// <summary>The median of the time to the reply: of the rounds' medians.</summary>
    public double P50Milliseconds { get; }

    /// <summary>What 99 in 100 of these times do not exceed, in the worst of the rounds.</summary>
    public double P99Milliseconds { get; }

    /// <summary>The longest of these times.</summary>
    public double LongestMilliseconds { get; }

    /// <summary>Whether there is nothing to be desired.</summary>
    [JsonIgnore]
    public bool IsFaultless => Requests > 0 && WrongReplies == 0 && Errors == 0 && Timeouts == 0;

    /// <summary>Whether no reply was wrong; a crash of the server may have ended requests in flight.</summary>
    [JsonIgnore]
    public bool IsRight => Requests > 0 && WrongReplies == 0 && Timeouts == 0;
}
