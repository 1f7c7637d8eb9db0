using System.Globalization;

namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>The server's own state for the dashboard.</summary>
internal static class ServerDescription
{
    /// <summary>Writes a JSON document.</summary>
    public static string Write(HttpServer server)
    {
        ServerStatistics statistics = server.Statistics;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"connections\":{server.ConnectionCount},\"keptBytes\":{server.KeptBytes},\"accepted\":{statistics.Accepted},"
            + $"\"evicted\":{statistics.Evicted},\"timedOut\":{statistics.TimedOut},"
            + $"\"requests\":{statistics.Requests},\"refused\":{statistics.Refused},"
            + $"\"bytesReceived\":{statistics.BytesReceived},\"bytesSent\":{statistics.BytesSent}}}");
    }
}
