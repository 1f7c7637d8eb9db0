using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

/// <summary>What a machine needs of its host is looked at before one is started, and what is missing is named with the option that asks for it.</summary>
public sealed class HostsOfMachines : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AForwardOfAPortThatIsTakenIsRefused()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        BootOptions options = new() { Forwards = [new PortForward(ForwardedTransport.Tcp, port, 80)] };
        Assert.Equal(
            $"--forward tcp:{port}:80: another program uses TCP port {port} of 127.0.0.1; end it, or give another port",
            Assert.Throws<HostException>(() => HostRequirements.Require(options)).Message);
        Assert.StartsWith($"--port {port}: ", Refused(new BootOptions { DebuggerPort = port }), StringComparison.Ordinal);

        // Whoever has a link of his own needs no port of the host.
        HostRequirements.Require(options with { Peer = PeerKind.Linux });
    }

    [Fact]
    public void AForwardOfAPortForDatagramsThatIsTakenIsRefused()
    {
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        PortForward forward = new(ForwardedTransport.Both, port, 7);
        Assert.Contains($"UDP port {port}", Refused(new BootOptions { Forwards = [forward] }), StringComparison.Ordinal);
    }

    [Fact]
    public void VirtualizationThatTheHostDoesNotOfferIsRefused()
    {
        HostException refused = Assert.Throws<HostException>(() => HostRequirements.RequireVirtualization(Path.Combine(_folder, "kvm")));
        Assert.Contains("leave --accel away", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMachineWithMoreMemoryThanItsHostIsRefused()
    {
        string[] memory = ["MemTotal:        2097152 kB", "MemFree:         1 kB", "SwapTotal:       1048576 kB"];
        HostRequirements.RequireMemory(3072, memory);
        HostException refused = Assert.Throws<HostException>(() => HostRequirements.RequireMemory(3073, memory));
        Assert.Equal("--memory 3073: this host has 3072 MB in all; give the machine less", refused.Message);
        HostRequirements.RequireMemory(65536, []);
    }

    [Theory]
    [InlineData("none", false, null)]
    [InlineData("gtk,gl=on", true, null)]
    [InlineData("vnc=:1", false, null)]
    [InlineData("gtk", false, "there is no desktop for a window here (DISPLAY is not set)")]
    [InlineData("sdl", true, "QEMU has none, gtk here; sudo apt-get install qemu-system-gui brings windows")]
    public void ADisplayThatTheEmulatorDoesNotHaveIsRefused(string display, bool hasDesktop, string? reason)
        => Assert.Equal(reason, EmulatorOffers.WhyNoDisplay(display, "Available display backend types:\nnone\ngtk\n\nSome options\n", hasDesktop));

    [Theory]
    [InlineData(137, null, true)]
    [InlineData(0, "host-signal", true)]
    [InlineData(135, null, false)]
    [InlineData(1, null, false)]
    public void AnEmulatorThatSomebodyKilledHasNotFailed(int status, string? reason, bool isKilled) => Assert.Equal(isKilled, MachineEnd.IsKilled(status, reason));

    [Fact]
    public void ATemporaryFolderThatCannotBeUsedIsRefused()
    {
        Assert.Contains("set TMPDIR", Assert.Throws<HostException>(() => TemporaryFolder.RequireUsable(Path.Combine(_folder, "none"))).Message, StringComparison.Ordinal);
        string longFolder = Directory.CreateDirectory(Path.Combine(_folder, new string('a', 80))).FullName;
        Assert.Contains("too long for sockets", Assert.Throws<HostException>(() => TemporaryFolder.RequireUsable(longFolder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExtensionThatTheMachineDoesNotRunIsRefused()
    {
        MachineExtensions.Require(new BootOptions { Nic = "pcnet" }, hasDisk: true, ["pcnet32", "tcpip", "khttpd", "ahci", "vfat"]);
        HostException refused = Assert.Throws<HostException>(() => MachineExtensions.Require(new BootOptions(), hasDisk: false, ["tcpip", "vfat"]));
        Assert.Equal("--extension: the machine does not run 'vfat'; it runs e1000, tcpip, khttpd", refused.Message);
    }

    private static string Refused(BootOptions options) => Assert.Throws<HostException>(() => HostRequirements.Require(options)).Message;
}
