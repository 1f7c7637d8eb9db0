using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Host;
using NooksOS.Tool.Links;
using NooksOS.Tool.Options;
using NooksOS.Tool.Transfers;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>What is on the wire while the parts that put it there crash, as somebody else understands it.</summary>
public sealed class CleanCaptures
{
    private const long TransferBytes = 2_000_000;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task NoFrameIsMalformedAndNoChecksumIsWrong()
    {
        using CancellationTokenSource deadline = new(s_limit);
        await new Prerequisites(new Progress()).EnsureAsync([DebianPackage.FrameAnalyzer], deadline.Token);
        using TemporaryFolder folder = new();
        BootOptions options = new() { CaptureFile = folder.File("frames.pcap") };
        TransferSettings settings = new(TransferBytes, TransferBytes, ["e1000", "tcpip"], s_interval);
        IReadOnlyList<TransferResult> results = await BootTest.InSlotAsync(
            iso => TransferDemo.RunAsync(iso, options, settings, deadline.Token));
        Assert.All(results, result => Assert.True(result is { Identical: true, Crashes: > 0 }));

        CaptureAudit audit = await CaptureAudit.RunAsync(options.CaptureFile, deadline.Token);
        string kept = Path.Combine(SourceTree.Find().Logs, "tests", "frames.pcap");
        if (audit.WrongFromGuest.Count + audit.WrongToGuest.Count != 0)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            File.Copy(options.CaptureFile, kept, overwrite: true);
        }

        Assert.True(audit.Frames > 1000, $"only {audit.Frames} frames");
        Assert.Empty(audit.WrongFromGuest);
        Assert.Empty(audit.WrongToGuest);
    }
}
