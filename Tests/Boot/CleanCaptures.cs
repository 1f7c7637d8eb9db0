using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
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
    private const long TransferBytes = 10_000_000;

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task NoFrameIsMalformedAndNoChecksumIsWrong()
    {
        await new Prerequisites(new Progress()).EnsureAsync([DebianPackage.FrameAnalyzer], CancellationToken.None);
        using TemporaryFolder folder = new();
        BootOptions options = new() { CaptureFile = folder.File("frames.pcap") };
        TransferSettings settings = new(TransferBytes, TransferBytes, ["e1000", "tcpip"], s_interval);
        IReadOnlyList<TransferResult> results = await BootTest.InSlotAsync(async iso =>
        {
            using CancellationTokenSource deadline = new(s_limit);
            return await TransferDemo.RunAsync(iso, options, settings, deadline.Token);
        });
        Assert.All(results, result => Assert.Equal((TransferBytes, true, 0), (result.Bytes, result.Identical, result.BrokenRequests)));
        Assert.True(results.Sum(result => result.Crashes) > 0, "nothing was crashed");

        CaptureAudit audit = await CaptureAudit.RunAsync(options.CaptureFile, CancellationToken.None);
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
