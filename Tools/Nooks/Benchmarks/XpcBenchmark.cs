using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Benchmarks;

/// <summary>Measures the cost of crossings: for each mechanism one boot counts instructions and one measures time.</summary>
public sealed class XpcBenchmark
{
    private const string Command = "bench xpc --json";

    private readonly string _isoFile;
    private readonly BootOptions _options;

    /// <summary>Boots the given image with the given options.</summary>
    public XpcBenchmark(string isoFile, BootOptions options)
    {
        _isoFile = isoFile;
        _options = options;
    }

    private static IReadOnlyList<(string Name, IsolationMode Isolation, Protection Protection)> Mechanisms =>
    [
        ("direct", IsolationMode.Direct, Protection.Auto),
        ("ring3", IsolationMode.Domain, Protection.Ring3),
        ("pagetable", IsolationMode.Domain, Protection.PageTable),
        ("pks", IsolationMode.Domain, Protection.Pks),
    ];

    /// <summary>Measures all mechanisms.</summary>
    public async Task<IReadOnlyList<XpcRow>> RunAsync(CancellationToken cancellation)
    {
        List<XpcRow> rows = [];
        foreach ((string name, IsolationMode isolation, Protection protection) in Mechanisms)
        {
            BootOptions options = _options with { Isolation = isolation, Protection = protection };
            XpcMeasurement counted = await MeasureAsync(options with { CountInstructions = true }, cancellation);
            XpcMeasurement timed = await MeasureAsync(options with { CountInstructions = false }, cancellation);
            rows.Add(new XpcRow(name, counted, timed));
        }

        return rows;
    }

    private async Task<XpcMeasurement> MeasureAsync(BootOptions options, CancellationToken cancellation)
    {
        await using NooksMachine machine = await NooksMachine.StartAsync(_isoFile, options, cancellation);
        CommandResult result = await machine.RunAsync(Command, cancellation);
        return result.Succeeded
            ? XpcMeasurement.Parse(result.Output)
            : throw new HostException($"{Reproduction.Of(options, [Command])} failed: {result.Output.Trim()}");
    }
}
