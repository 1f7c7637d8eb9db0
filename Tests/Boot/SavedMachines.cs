using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Disks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using NooksOS.Tool.Transfers;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>A machine that has ended is there again as it was, without a boot.</summary>
public sealed class SavedMachines
{
    private const int WebPort = 80;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    // The last has a SATA controller that no driver wants: one that was left set up to receive cannot be restored.
    [Theory]
    [InlineData("e1000", SoundModels.None, DiskBus.Ahci)]
    [InlineData("rtl8139", "sb16", DiskBus.Ahci)]
    [InlineData("virtio-net-pci", SoundModels.PciCard, DiskBus.Virtio)]
    public async Task WhatWasAfterwardsHasNotHappened(string nic, string sound, DiskBus bus)
    {
        using TemporaryFolder folder = new();
        FatImage disk = await FatImage.CreateAsync(folder.File("disk.img"), megabytes: 32, fatBits: 16, CancellationToken.None);
        int port = FreePort.Find();
        BootOptions options = new()
        {
            Nic = nic,
            Isolation = IsolationMode.Direct,
            Sound = sound,
            SoundFile = sound == SoundModels.None ? null : folder.File("heard.wav"),
            Disks = [disk.Path],
            DiskBus = bus,
            Forwards = [new PortForward(ForwardedTransport.Tcp, port, WebPort)],
        };
        string state = folder.File("state");
        string kept = folder.File("kept.img");

        string seen = await BootTest.InSlotAsync(async iso =>
        {
            using CancellationTokenSource deadline = new(s_limit);
            await using (NooksMachine first = await NooksMachine.StartAsync(iso, options, deadline.Token))
            {
                await first.RequireAsync("write /said.txt before", deadline.Token);
                Assert.True(await first.SaveAsync(state, () => File.Copy(disk.Path, kept), deadline.Token));
                await first.RequireAsync("write /said.txt after", deadline.Token);
                await first.RequireAsync("sync", deadline.Token);
                Task<MachineEnd> end = first.WaitForEndAsync(deadline.Token);

                // The driver does as it is told when it is called next, which may be after the command.
                await Record.ExceptionAsync(() => first.RunAsync($"crash {NicModels.DriverOf(nic)} wild-write", deadline.Token));
                Assert.Equal(MachineEndKind.Panic, (await end).Kind);
            }

            File.Copy(kept, disk.Path, overwrite: true);
            await using NooksMachine second = await NooksMachine.RestoreAsync(iso, options, state, deadline.Token);
            using TransferClient client = new(port);
            await client.WaitAsync(deadline.Token);
            await second.RequireAsync("sync", deadline.Token);
            await second.RequireAsync("verify", deadline.Token);
            return (await second.RequireAsync("cat /said.txt", deadline.Token)).Output.Trim();
        });

        Assert.Equal("before", seen);
    }
}
