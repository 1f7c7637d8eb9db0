namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>What the server did since it was started.</summary>
internal sealed class ServerStatistics
{
    /// <summary>Connections accepted.</summary>
    public long Accepted { get; set; }

    /// <summary>Connections that had to make room for others.</summary>
    public long Evicted { get; set; }

    /// <summary>Connections ended since the client was too slow.</summary>
    public long TimedOut { get; set; }

    /// <summary>Requests of which the head was complete.</summary>
    public long Requests { get; set; }

    /// <summary>Requests that were malformed, too large or too late.</summary>
    public long Refused { get; set; }

    /// <summary>Bytes received.</summary>
    public long BytesReceived { get; set; }

    /// <summary>Bytes sent.</summary>
    public long BytesSent { get; set; }
}
