using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Disks;
using NooksOS.Tool.Echo;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using NooksOS.Tool.Sound;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>A network card, a sound card and a disk on one interrupt line, all of them busy, while one after the other crashes.</summary>
public sealed class SharedInterruptLine
{
    private const int EchoPort = 7;
    private const int DatagramsPerSecond = 300;
    private const string Track = "track.wav";

    private static readonly string[] s_drivers = ["es1371", "virtio-blk", "e1000"];
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task ADriverThatCrashesTakesNothingFromTheOthers()
    {
        using TemporaryFolder folder = new();
        FatImage disk = await FatImage.CreateAsync(folder.File("disk.img"), megabytes: 32, fatBits: 16, CancellationToken.None);
        SortedDictionary<string, string> digests = FileTree.Write(folder.File("tree"), files: 10, seed: 2);
        await disk.CopyInAsync(folder.File("tree"), CancellationToken.None);
        byte[] track = SoundTrack.Make(s_duration, seed: 3);
        SoundTrack.Write(folder.File(Track), track);
        int port = FreePort.FindForDatagrams();
        BootOptions options = new()
        {
            Sound = SoundModels.PciCard,
            SoundFile = folder.File("heard.wav"),
            Files = [folder.File(Track)],
            Disks = [disk.Path],
            DiskBus = DiskBus.Virtio,
            SharesInterruptLine = true,
            Forwards = [new PortForward(ForwardedTransport.Udp, port, EchoPort)],
        };
        int copies = 0;
        EchoCounts counts = await BootTest.InSlotAsync(async iso =>
        {
            using CancellationTokenSource deadline = new(s_limit);
            await using NooksMachine machine = await NooksMachine.StartAsync(iso, options, deadline.Token);
            await AssertOneLineAsync(machine, deadline.Token);
            await EchoLoad.WaitForAnswerAsync(port, deadline.Token);
            Crasher crasher = new(machine, options, s_drivers);
            await crasher.PrepareAsync(deadline.Token);
            await machine.RequireAsync($"background \"play {Track}\"", deadline.Token);
            using EchoLoad load = new(port, seed: 4);
            Task<EchoCounts> sending = load.RunAsync(DatagramsPerSecond, s_duration, deadline.Token);
            while (!(await machine.RunAsync("background", deadline.Token)).Succeeded)
            {
                await crasher.CrashNextAsync(deadline.Token);
                await machine.RequireAsync($"cp /tree /copy{copies} --recursive", deadline.Token);
                await machine.RequireAsync("sync", deadline.Token);
                copies++;
            }

            await crasher.SettleAsync(deadline.Token);
            await machine.RequireAsync("background --wait", deadline.Token);
            await machine.RequireAsync(SoundDemo.Postlude, deadline.Token);
            IReadOnlyList<FaultRecord> faults = FaultRecord.ParseAll((await machine.RequireAsync("faults --json", deadline.Token)).Output);
            Assert.Equal(s_drivers.Order(), faults.Select(fault => fault.Extension).Distinct().Order());
            Assert.All(faults, fault => Assert.Equal(("recovered", 0, 0), (fault.Outcome, fault.ObjectsLeaked, fault.PagesLeaked)));
            return await sending;
        });
        SoundComparison heard = SoundComparison.Of(track, SoundTrack.ReadRecorded(options.SoundFile));
        Assert.Null(heard.Difference);
        Assert.Equal(0, counts.Corrupted);
        Assert.True(counts.Answered > counts.Sent / 2, $"{counts.Answered} of {counts.Sent} were answered");
        Assert.True(copies >= s_drivers.Length, $"{copies} copies");
        Assert.Empty((await disk.CheckAsync(CancellationToken.None)).Findings);
        for (int copy = 0; copy < copies; copy++)
        {
            string read = folder.File($"read{copy}");
            await disk.CopyOutAsync($"/copy{copy}", read, CancellationToken.None);
            Assert.Equal(digests, FileTree.ReadDigests(read));
        }
    }

    private static async Task AssertOneLineAsync(NooksMachine machine, CancellationToken cancellation)
    {
        int[] slots = [4, 8, 12];
        using JsonDocument functions = JsonDocument.Parse((await machine.RequireAsync("pci --json", cancellation)).Output);
        string[] lines =
        [
            .. functions.RootElement.EnumerateArray()
                .Where(function => slots.Any(slot => function.GetProperty("address").GetString()!.EndsWith($":{slot:x2}.0", StringComparison.Ordinal)))
                .Select(function => function.GetProperty("interruptLine").ToString()),
        ];
        Assert.Equal(slots.Length, lines.Length);
        Assert.Single(lines.Distinct());
    }
}
