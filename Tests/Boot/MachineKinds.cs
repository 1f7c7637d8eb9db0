using System;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

public sealed class MachineKinds
{
    private const long BytesPerMegabyte = 1024 * 1024;

    [Theory]
    [InlineData(Firmware.Bios, 128)]
    [InlineData(Firmware.Bios, 2048)]
    [InlineData(Firmware.Uefi, 512)]
    public Task TheKernelUsesTheMemoryThatTheMachineHas(Firmware firmware, int megabytes)
    {
        BootOptions options = new() { Firmware = firmware, MemoryMegabytes = megabytes };
        return BootTest.RunAsync(options, async machine =>
        {
            using JsonDocument memory = JsonDocument.Parse(await machine.RunAsync("mem --json"));
            long total = memory.RootElement.GetProperty("totalPages").GetInt64() * memory.RootElement.GetProperty("pageBytes").GetInt64();

            // The firmware keeps some of it for itself.
            Assert.InRange(total / BytesPerMegabyte, megabytes * 9 / 10, megabytes);
        });
    }

    [Fact]
    public async Task AMachineWhosePortIsTakenEndsWithWhatQemuSays()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        BootOptions options = new() { Forwards = [new PortForward(ForwardedTransport.Tcp, port, 80)] };
        MachineEndedException failure = await BootTest.InSlotAsync(iso => Assert.ThrowsAsync<MachineEndedException>(
            () => NooksMachine.StartAsync(iso, options, CancellationToken.None)));
        Assert.Equal(MachineEndKind.EmulatorFailed, failure.End.Kind);
        Assert.Contains("forward", failure.Message, StringComparison.OrdinalIgnoreCase);
    }
}
