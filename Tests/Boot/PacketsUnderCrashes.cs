using System;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Echo;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>Real packets from the host while an extension on their path keeps crashing.</summary>
public sealed class PacketsUnderCrashes
{
    private const int DatagramsPerSecond = 1000;

    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("e1000", "e1000", Protection.Ring3)]
    [InlineData("e1000", "tcpip", Protection.Ring3)]
    [InlineData("e1000", "e1000", Protection.PageTable)]
    [InlineData("e1000", "e1000", Protection.Pks)]
    [InlineData("e1000-82545em", "e1000", Protection.Ring3)]
    [InlineData("e1000e", "e1000e", Protection.Ring3)]
    [InlineData("pcnet", "pcnet32", Protection.Ring3)]
    [InlineData("rtl8139", "rtl8139", Protection.Ring3)]
    [InlineData("virtio-net-pci", "virtio-net", Protection.Ring3)]
    public async Task NoPacketIsEverDamaged(string nic, string extension, Protection protection)
    {
        EchoDemoSettings settings = new(extension, s_duration, s_interval, DatagramsPerSecond, Seed: 1);
        EchoDemoResult result = await BootTest.InSlotAsync(async iso =>
        {
            using CancellationTokenSource deadline = new(s_limit);
            return await EchoDemo.RunAsync(iso, new BootOptions { Nic = nic, Protection = protection }, settings, deadline.Token);
        });
        Assert.Equal(0, result.Corrupted);
        Assert.True(result.Answered > result.Sent / 2, $"{result.Answered} of {result.Sent} were answered");
        Assert.True(result.Crashes > 10, $"{result.Crashes} crashes");
        Assert.True(
            result.Crashes == result.Recovered,
            $"{result.Crashes} crashes, {result.Recovered} recovered:\n{string.Join('\n', result.Failures)}");
    }
}
