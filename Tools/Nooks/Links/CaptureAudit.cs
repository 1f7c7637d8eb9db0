using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Links;

/// <summary>What tshark finds wrong with captured frames: those that it cannot take apart, and those with a wrong checksum.</summary>
/// <param name="Frames">How many were captured.</param>
/// <param name="WrongFromGuest">Numbers of wrong frames that the guest has sent.</param>
/// <param name="WrongToGuest">Numbers of wrong frames that were sent to it.</param>
public sealed record CaptureAudit(int Frames, IReadOnlyList<int> WrongFromGuest, IReadOnlyList<int> WrongToGuest)
{
    // In tshark a checksum's status is 0 for a wrong one, 1 for a right one, and others for what was not looked at.
    private const string WrongFrames =
        "_ws.malformed || ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0 || icmp.checksum.status == 0";

    /// <summary>Has tshark look at a file in the pcap format.</summary>
    /// <exception cref="HostException">It cannot read it.</exception>
    public static async Task<CaptureAudit> RunAsync(string file, CancellationToken cancellation)
    {
        int frames = (await ListAsync(file, filter: null, cancellation)).Count;
        IReadOnlyList<string> wrong = await ListAsync(file, WrongFrames, cancellation);
        string guest = Convert.ToHexStringLower(UserNetwork.GuestHardwareAddress);
        ILookup<bool, int> isFromGuest = wrong.Select(line => line.Split('\t')).ToLookup(
            fields => fields[1].Replace(":", string.Empty, StringComparison.Ordinal) == guest, fields => int.Parse(fields[0], CultureInfo.InvariantCulture));
        return new CaptureAudit(frames, [.. isFromGuest[true]], [.. isFromGuest[false]]);
    }

    private static async Task<IReadOnlyList<string>> ListAsync(string file, string? filter, CancellationToken cancellation)
    {
        string[] checks = [.. new[] { "ip", "tcp", "udp" }.SelectMany(protocol => new[] { "-o", $"{protocol}.check_checksum:TRUE" })];

        // Frames are looked at, not what they carry: random bytes look like a message of some protocol now and then, and a malformed one.
        string[] framesOnly = ["-d", "tcp.port==1-65535,data"];
        string[] selection = filter is null ? [] : ["-Y", filter];
        ProcessResult result = await ChildProcess.RunAsync(
            "tshark", ["-n", "-r", file, .. checks, .. framesOnly, .. selection, "-T", "fields", "-e", "frame.number", "-e", "eth.src"], cancellation: cancellation);
        return result.ExitStatus == 0
            ? result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new HostException($"tshark failed: {result.Errors.Trim()}");
    }
}
