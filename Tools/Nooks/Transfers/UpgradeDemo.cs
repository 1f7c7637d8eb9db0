using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Disks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Transfers;

/// <summary>
/// Downloads from the guest while an extension on the way is replaced by the image in a file on the guest's disk, which is written
/// anew each time.
/// </summary>
public static class UpgradeDemo
{
    private const int WebPort = 80;
    private const int DiskMegabytes = 64;
    private const int FatBits = 32;
    private const string ImageFolder = "images";

    /// <summary>Boots a machine with the image on its disk, downloads and replaces, and stops the machine.</summary>
    public static async Task<UpgradeResult> RunAsync(
        string isoFile, BootOptions options, UpgradeSettings settings, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(settings);
        using TemporaryFolder folder = new();
        string name = settings.Extension + ".nx";
        string image = Path.Combine(Path.GetDirectoryName(isoFile)!, ImageFolder, name);
        FatImage disk = await FatImage.CreateAsync(folder.File("disk.img"), DiskMegabytes, FatBits, cancellation);
        Directory.CreateDirectory(folder.File("new"));
        File.Copy(image, folder.File(Path.Combine("new", name)));
        await disk.CopyInAsync(folder.File("new"), cancellation);
        int port = FreePort.Find();
        BootOptions boot = options with
        {
            Disks = [disk.Path, .. options.Disks],
            Forwards = [.. options.Forwards, new PortForward(ForwardedTransport.Tcp, port, WebPort)],
        };
        await using NooksMachine machine = await NooksMachine.StartAsync(isoFile, boot, cancellation);
        using TransferClient client = new(port);
        await client.WaitAsync(cancellation);
        TransferSettings download = new(settings.LengthBytes, settings.LengthBytes, [settings.Extension], settings.Interval);
        GapMeter gaps = new(settings.Interval);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<TransferCounts> downloading = client.DownloadAsync(download, gaps, both.Token);
        int upgrades = 0;
        try
        {
            while (await Task.WhenAny(downloading, Task.Delay(settings.Interval, cancellation)) != downloading)
            {
                // A file that is replaced keeps its old content until the copy is complete.
                await machine.RequireAsync($"cp /new/{name} /{name}", cancellation);
                await machine.RequireAsync($"ext reload {settings.Extension} /{name}", cancellation);
                upgrades++;
            }
        }
        catch
        {
            await both.CancelAsync();
            throw;
        }

        return new UpgradeResult(settings.Extension, await downloading, upgrades);
    }
}
