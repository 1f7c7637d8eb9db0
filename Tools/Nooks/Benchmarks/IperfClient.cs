using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Benchmarks;

/// <summary>iperf 2 of the host as the client of the guest's server.</summary>
public static class IperfClient
{
    /// <summary>The port on which the guest's server listens.</summary>
    public const int GuestPort = 5001;

    private const string Program = "iperf";
    private const int Fields = 9;
    private const int BytesField = 7;
    private const int BitsPerSecondField = 8;
    private const double BitsPerMegabit = 1e6;

    /// <summary>Runs one stream for so long. Returns how much it carried, and how many million bits a second.</summary>
    public static async Task<(long Bytes, double MegabitsPerSecond)> RunAsync(
        IPEndPoint server, StreamDirection direction, int seconds, CancellationToken cancellation)
    {
        List<string> arguments = ["-c", server.Address.ToString(), "-p", Number(server.Port), "-t", Number(seconds), "-y", "C"];
        if (direction == StreamDirection.Out)
        {
            arguments.Add("-R");
        }

        ProcessResult result = await ChildProcess.RunAsync(Program, arguments, cancellation: cancellation);
        return TryParse(result.Output, out long bytes, out double megabitsPerSecond)
            ? (bytes, megabitsPerSecond)
            : throw new HostException($"{Program} measured nothing: {(result.Output + result.Errors).Trim()}");
    }

    /// <summary>Reads what the client prints with <c>-y C</c>: one line of comma-separated values.</summary>
    public static bool TryParse(string output, out long bytes, out double megabitsPerSecond)
    {
        bytes = 0;
        megabitsPerSecond = 0;
        string[] fields = (output.Split('\n').LastOrDefault(line => line.Contains(',')) ?? string.Empty).Trim().Split(',');
        if (fields.Length < Fields
            || !long.TryParse(fields[BytesField], NumberStyles.None, CultureInfo.InvariantCulture, out bytes)
            || !long.TryParse(fields[BitsPerSecondField], NumberStyles.None, CultureInfo.InvariantCulture, out long bitsPerSecond))
        {
            return false;
        }

        megabitsPerSecond = bitsPerSecond / BitsPerMegabit;
        return bytes > 0;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
