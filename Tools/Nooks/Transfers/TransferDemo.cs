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
        int port = FreePort.Find();
        BootOptions forwarded = options with
        {
            Forwards = [.. options.Forwards, new PortForward(ForwardedTransport.Tcp, port, WebPort)],
        };
        await using NooksMachine machine = await NooksMachine.StartAsync(isoFile, forwarded, cancellation);
        using TransferClient client = new(port);
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
            await crasher.PrepareAsync(cancellation);
            using CancellationTokenSource stop = new();
            using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Task<TransferCounts> transferring = transfer(settings, new GapMeter(settings.CrashInterval ?? s_quietWindow), both.Token);
            Task crashing = settings.CrashInterval is { } interval ? crasher.RunAsync(interval, stop.Token, both.Token) : Task.CompletedTask;
            if (await Task.WhenAny(transferring, crashing) == crashing && !crashing.IsCompletedSuccessfully)
            {
                // The machine is gone, and nobody would ever end the transfer.
                await both.CancelAsync();
                await crashing;
            }

            TransferCounts counts = await transferring;
            await stop.CancelAsync();
            await crashing;
            await crasher.SettleAsync(cancellation);
            return new TransferResult(direction, counts, crasher.Crashes);
        }
    }
}
