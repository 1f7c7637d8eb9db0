using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Benchmarks;

/// <summary>Crashes extensions in every way that their protection contains and collects how long each recovery took.</summary>
/// <param name="isoFile">The bootable image.</param>
/// <param name="options">The machine.</param>
/// <param name="rounds">How often each kind of crash is made.</param>
public sealed class RecoveryBenchmark(string isoFile, BootOptions options, int rounds)
{
    /// <summary>Measures each of the extensions.</summary>
    public async Task<IReadOnlyList<RecoveryRow>> RunAsync(IEnumerable<string> extensions, CancellationToken cancellation)
    {
        List<RecoveryRow> rows = [];
        foreach (string extension in extensions)
        {
            IReadOnlyList<FaultRecord> timed = await MeasureAsync(options with { CountInstructions = false }, extension, cancellation);
            IReadOnlyList<FaultRecord> counted = await MeasureAsync(options with { CountInstructions = true }, extension, cancellation);
            rows.Add(new RecoveryRow(extension, timed, counted));
        }

        return rows;
    }

    private async Task<IReadOnlyList<FaultRecord>> MeasureAsync(BootOptions boot, string extension, CancellationToken cancellation)
    {
        await using NooksMachine machine = await NooksMachine.StartAsync(isoFile, boot, cancellation);
        await RunAsync($"policy {extension} restart initial=0 maximum=0 faults=0");
        List<FaultRecord> records = [];
        for (int round = 0; round < rounds; round++)
        {
            foreach (string kind in CrashKinds.Contained)
            {
                // As one command: what another says comes character by character, each an interrupt, in the middle of the recovery.
                await RunAsync($"crash {extension} {kind} --wait 5000");
            }

            // The kernel keeps a limited number of them.
            int lastId = records.Count == 0 ? 0 : records[^1].Id;
            records.AddRange(FaultRecord.ParseAll(await RunAsync("faults --json")).Where(record => record.Id > lastId));
        }

        return records;

        async Task<string> RunAsync(string command)
        {
            CommandResult result = await machine.RunAsync(command, cancellation);
            return result.Succeeded
                ? result.Output
                : throw new HostException($"{Reproduction.Of(boot, [command])} failed: {result.Output.Trim()}");
        }
    }
}
