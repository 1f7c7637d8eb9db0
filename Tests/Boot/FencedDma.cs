using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Disks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>Devices that their drivers send astray, in machines with an IOMMU and without.</summary>
public sealed class FencedDma
{
    private const string Card = "ping 10.0.2.2 --count 1";
    private const int FatBits = 16;
    private const int Megabytes = 32;

    [Theory]
    [InlineData("e1000")]
    [InlineData("e1000e")]
    [InlineData("pcnet")]
    [InlineData("rtl8139")]
    [InlineData("virtio-net-pci")]
    public Task ACardIsKeptFromMemoryThatIsNotItsDrivers(string nic) => BootTest.RunAsync(new BootOptions { Nic = nic }, async machine =>
    {
        string driver = NicModels.DriverOf(nic)!;
        await machine.RunAsync("verify");
        Assert.Contains("fenced", await machine.RunAsync("pci"));
        for (int round = 1; round <= 3; round++)
        {
            await SendAstrayAsync(machine, driver, Card);
            AssertBlocked(await machine.FaultsAsync(), round, driver);
            await machine.RunAsync(Card);
        }

        await machine.RunAsync("verify");
    });

    [Theory]
    [InlineData(DiskBus.Ahci)]
    [InlineData(DiskBus.Virtio)]
    public async Task ADiskIsKeptFromMemoryThatIsNotItsDrivers(DiskBus bus)
    {
        using TemporaryFolder folder = new();
        FatImage image = await FatImage.CreateAsync(folder.File("fat.img"), Megabytes, FatBits, CancellationToken.None);
        SortedDictionary<string, string> digests = FileTree.Write(folder.File("tree"), files: 20, seed: 3);
        await image.CopyInAsync(folder.File("tree"), CancellationToken.None);
        BootOptions options = new() { Disks = [image.Path], DiskBus = bus };
        await BootTest.RunAsync(options, async machine =>
        {
            await machine.RunAsync("verify");
            await machine.RunAsync($"crash {options.DiskDriver} wild-dma");

            // Who reads sees nothing of it.
            Assert.Equal(digests, GuestDigests.Parse(await machine.RunAsync("sha256 /tree --json")));
            await machine.RunAsync($"wait recovered {options.DiskDriver} 5000");
            AssertBlocked(await machine.FaultsAsync(), 1, options.DiskDriver);
            await machine.RunAsync("verify");
        });
    }

    [Fact]
    public Task NothingIsLostThoughItHappensManyTimes() => BootTest.RunAsync(new BootOptions(), async machine =>
    {
        const int Rounds = 110;
        await SendAstrayAsync(machine, "e1000", Card);
        await machine.RunAsync("verify");
        long pages = await machine.OtherPagesAsync();
        for (int round = 0; round < Rounds; round++)
        {
            await SendAstrayAsync(machine, "e1000", Card);
        }

        FaultRecord last = (await machine.FaultsAsync())[^1];
        Assert.Equal(("dmaFault", "recovered", 0, 0), (last.Kind, last.Outcome, last.ObjectsLeaked, last.PagesLeaked));
        Assert.Equal(Rounds + 1, (await machine.DomainAsync("e1000")).Faults);
        await machine.WaitForPagesAsync(pages, CancellationToken.None);
        await machine.RunAsync("verify");
    });

    [Theory]
    [InlineData(Protection.PageTable)]
    [InlineData(Protection.Pks)]
    public Task TheFenceStandsWhateverProtectsTheProcessorsSide(Protection protection)
        => BootTest.RunAsync(new BootOptions { Protection = protection }, async machine =>
        {
            await machine.RunAsync("verify");
            await SendAstrayAsync(machine, "e1000", Card);
            AssertBlocked(await machine.FaultsAsync(), 1, "e1000");
            await machine.RunAsync("verify");
        });

    // It also shows that the device really writes there.
    [Fact]
    public Task WithoutAnIommuTheMachineSaysSo() => BootTest.RunAsync(new BootOptions { Iommu = Iommu.Off }, async machine =>
    {
        Assert.Contains("DMA is not fenced: this machine has no IOMMU", machine.ConsoleLog);
        Assert.Contains("DMA is not fenced", await machine.RunAsync("dma"));
        Assert.DoesNotContain("fenced", await machine.RunAsync("pci"));
        await machine.RunAsync("verify");
        await machine.RunAsync("crash e1000 wild-dma");
        await machine.TryAsync(Card);
        CommandResult verified = await machine.TryAsync("verify");
        Assert.NotEqual(0, verified.Status);
        Assert.Contains("page that wild DMA aims at", verified.Output);
    });

    [Fact]
    public Task WithoutIsolationNothingIsFenced() => BootTest.RunAsync(new BootOptions { Isolation = IsolationMode.Direct }, async machine =>
    {
        Assert.Contains("DMA is not fenced: nothing is isolated", machine.ConsoleLog);
        await machine.RunAsync(Card);
    });

    [Fact]
    public Task ADriverThatIsSwitchedIsFencedAsLongAsItIsIsolated() => BootTest.RunAsync(new BootOptions(), async machine =>
    {
        Assert.Contains("fenced", await machine.RunAsync("pci"));
        await machine.RunAsync("isolate e1000 direct");
        Assert.DoesNotContain("fenced", await machine.RunAsync("pci"));
        await machine.RunAsync(Card);
        await machine.RunAsync("isolate e1000 domain");
        Assert.Contains("fenced", await machine.RunAsync("pci"));
        await machine.RunAsync("verify");
        await SendAstrayAsync(machine, "e1000", Card);
        AssertBlocked(await machine.FaultsAsync(), 1, "e1000");
        await machine.RunAsync("verify");
    });

    private static async Task SendAstrayAsync(BootedMachine machine, string driver, string use)
    {
        await machine.RunAsync($"crash {driver} wild-dma");

        // The answer to the first may be what went astray; a user who asks again gets it.
        await machine.TryAsync(use);
        await machine.RunAsync($"wait recovered {driver} 5000");
    }

    private static void AssertBlocked(IReadOnlyList<FaultRecord> faults, int count, string extension)
    {
        Assert.Equal(count, faults.Count);
        Assert.Equal((extension, "dmaFault", "recovered"), (faults[^1].Extension, faults[^1].Kind, faults[^1].Outcome));
        Assert.NotEqual(0UL, ulong.Parse(faults[^1].Address![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
