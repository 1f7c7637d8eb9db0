using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Transfers;

/// <summary>Downloads from and uploads to the guest while extensions on the way are crashed.</summary>
public static class TransferDemo
{
    private const int WebPort = 80;

    private static readonly TimeSpan s_quietWindow = TimeSpan.FromSeconds(1);

    /// <summary>Boots a machine, transfers in both directions and stops the machine.</summary>
    public static async Task<IReadOnlyList<TransferResult>> RunAsync(
        string isoFile, BootOptions options, TransferSettings settings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(settings);
        PortForward web = new(ForwardedTransport.Tcp, FreePort.Find(), WebPort);
        BootOptions forwarded = options with { Forwards = [.. options.Forwards, web] };
        await using NooksMachine machine = await NooksMachine.StartAsync(isoFile, forwarded, cancellation);
        using TransferClient client = new(options.AddressOf(web));
        await client.WaitAsync(cancellation);
        return
        [
            await MeasureAsync("download", client.DownloadAsync),
            await MeasureAsync("upload", client.UploadAsync),
        ];

        async Task<TransferResult> MeasureAsync(
            string direction, Func<TransferSettings, GapMeter, CancellationToken, Task<TransferCounts>> transfer)
        {
            Crasher crasher = new(machine, options, settings.Extensions);
            TransferCounts counts = await crasher.CrashDuringAsync(
                settings.CrashInterval,
                stopped => transfer(settings, new GapMeter(settings.CrashInterval ?? s_quietWindow), stopped),
                cancellation);
            return new TransferResult(direction, counts, crasher.Crashes);
        }
    }
}
