using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Tool.Links;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class QemuArguments
{
    private static readonly MachineWiring s_wiring = new() { IsoFile = "/a,b.iso", ConsoleLogFile = "log", ControlSocket = "control" };

    [Fact]
    public void TheAcceleratorIsAlwaysNamed()
    {
        Assert.Equal("tcg", After("-accel", new BootOptions()));
        Assert.Equal("kvm", After("-accel", new BootOptions { Accelerator = Accelerator.Kvm }));
    }

    [Fact]
    public void CommasAreDoubled()
    {
        Assert.Equal("/a,,b.iso", After("-cdrom", new BootOptions()));
        Assert.Equal(
            "name=opt/org.nooks/arguments,string=isolation=domain protection=auto list=1,,2",
            After("-fw_cfg", new BootOptions { KernelArguments = "list=1,2" }));
    }

    [Fact]
    public void AMachineBeginsWithASavedStateOnlyIfItIsGivenOne()
    {
        Assert.DoesNotContain("-incoming", QemuCommandLine.Build(new BootOptions(), s_wiring));
        Assert.Equal(
            "exec:cat '/state'",
            QemuCommandLine.Build(new BootOptions(), s_wiring with { StateFile = "/state" }).SkipWhile(static argument => argument != "-incoming").ElementAt(1));
    }

    [Fact]
    public void TheKernelIsToldHowToIsolate()
    {
        BootOptions options = new() { Isolation = IsolationMode.Direct, Protection = Protection.PageTable };
        Assert.Equal("isolation=direct protection=pagetable", options.KernelCommandLine());
    }

    [Fact]
    public void ForwardsBecomeRulesOfTheUserNetwork()
    {
        BootOptions options = new()
        {
            Nic = "e1000-82545em",
            Forwards = [new(ForwardedTransport.Udp, 5007, 7), new(ForwardedTransport.Both, 8080, 80)],
        };
        Assert.Equal(
            "user,id=network,hostfwd=udp:127.0.0.1:5007-:7,hostfwd=udp:127.0.0.1:8080-:80,hostfwd=tcp:127.0.0.1:8080-:80",
            After("-netdev", options));
        Assert.Equal("none", After("-nic", new BootOptions { Nic = "none" }));
    }

    [Fact]
    public void APeerOfItsOwnIsReachedWithoutRules()
    {
        PortForward forward = new(ForwardedTransport.Tcp, 8080, 80);
        BootOptions options = new() { Peer = PeerKind.Linux, Forwards = [forward] };
        Assert.Equal("tap,id=network,ifname=nooks0,script=no,downscript=no,vnet_hdr=off", After("-netdev", options));
        Assert.Equal("10.0.2.15:80", options.AddressOf(forward).ToString());
        Assert.Equal("127.0.0.1:8080", (options with { Peer = PeerKind.User }).AddressOf(forward).ToString());
    }

    [Fact]
    public void ARelayTakesTheFramesOfBothDirectionsAndTheCaptureSeesWhatTheCardSees()
    {
        MachineWiring wiring = s_wiring with { Relay = new RelaySockets(new RedirectedQueue("a", "b"), new RedirectedQueue("c", "d")) };
        IReadOnlyList<string> arguments = QemuCommandLine.Build(new BootOptions { CaptureFile = "/x,y.pcap" }, wiring);
        Assert.Equal(
            [
                "filter-redirector,id=to-guest,netdev=network,queue=tx,outdev=to-guest-leaving,indev=to-guest-returning",
                "filter-redirector,id=from-guest,netdev=network,queue=rx,outdev=from-guest-leaving,indev=from-guest-returning",
                "filter-dump,id=capture,netdev=network,file=/x,,y.pcap",
            ],
            AllAfter("-object", arguments));
        Assert.Equal(
            [
                "socket,id=to-guest-leaving,path=a", "socket,id=to-guest-returning,path=b",
                "socket,id=from-guest-leaving,path=c", "socket,id=from-guest-returning,path=d",
            ],
            AllAfter("-chardev", arguments).Where(device => device.Contains("guest")));
        Assert.DoesNotContain("-object", QemuCommandLine.Build(new BootOptions(), s_wiring));
    }

    [Fact]
    public void TheFirstSerialPortIsTheConsoleAndTheSecondTheControlChannel()
    {
        Assert.Equal(["chardev:console", "chardev:control"], AllAfter("-serial", QemuCommandLine.Build(new BootOptions(), s_wiring)));
        MachineWiring terminal = new() { IsoFile = "iso" };
        Assert.Equal(["mon:stdio", "null"], AllAfter("-serial", QemuCommandLine.Build(new BootOptions(), terminal)));
    }

    [Fact]
    public void InstructionsAreCountedOnlyWhenAskedFor()
    {
        Assert.DoesNotContain("-icount", QemuCommandLine.Build(new BootOptions(), s_wiring));
        Assert.Equal("shift=0,sleep=off", After("-icount", new BootOptions { CountInstructions = true }));
    }

    [Fact]
    public void ADebuggerFindsTheMachineStopped()
    {
        IReadOnlyList<string> arguments = QemuCommandLine.Build(new BootOptions { DebuggerPort = 4321, WaitsForDebugger = true }, s_wiring);
        Assert.Contains("-S", arguments);
        Assert.Equal(["tcp:127.0.0.1:4321"], AllAfter("-gdb", arguments));
    }

    [Fact]
    public void UefiNeedsCodeAndVariables()
    {
        MachineWiring wiring = s_wiring with { UefiCodeFile = "code", UefiVariablesFile = "variables" };
        IEnumerable<string> drives = AllAfter("-drive", QemuCommandLine.Build(new BootOptions(), wiring));
        Assert.Equal(["if=pflash,unit=0,format=raw,readonly=on,file=code", "if=pflash,unit=1,format=raw,file=variables"], drives);
        Assert.DoesNotContain("-drive", QemuCommandLine.Build(new BootOptions(), s_wiring));
    }

    // A virtio device goes past an IOMMU unless it is told not to.
    [Fact]
    public void AnIommuIsThereBeforeTheDevicesThatAreBehindIt()
    {
        BootOptions options = new() { Nic = "virtio-net-pci", Disks = ["/d.img"], DiskBus = DiskBus.Virtio };
        List<string> devices = [.. AllAfter("-device", QemuCommandLine.Build(options, s_wiring))];
        int unit = devices.IndexOf("intel-iommu,intremap=off");
        int card = devices.FindIndex(static device => device.StartsWith("virtio-net-pci", StringComparison.Ordinal));
        Assert.InRange(unit, 0, card - 1);
        Assert.EndsWith(",disable-legacy=on,iommu_platform=on", devices[card]);
        Assert.Contains(devices, static device => device.StartsWith("virtio-blk-pci", StringComparison.Ordinal) && device.EndsWith(",iommu_platform=on", StringComparison.Ordinal));
    }

    [Fact]
    public void AMachineWithoutAnIommuIsAsItWas()
    {
        BootOptions options = new() { Nic = "virtio-net-pci", Iommu = Iommu.Off };
        Assert.DoesNotContain(QemuCommandLine.Build(options, s_wiring), static argument => argument.Contains("iommu", StringComparison.Ordinal));
        Assert.Equal(["--iommu", "off"], new BootOptions { Iommu = Iommu.Off }.ToArguments());
    }

    [Theory]
    [InlineData("qemu-system-x86_64: vtd_iova_to_slpte: detected slpte permission error (iova=0x1ffbc000, level=0x3, slpte=0x0, write=1)", false)]
    [InlineData("qemu-system-x86_64: New fault is not recorded due to compression of faults", false)]
    [InlineData("qemu-system-x86_64: could not open disk image", true)]
    [InlineData("vtd_ in a line of something else", true)]
    public void WhatTheIommuBlocksIsNoErrorOfTheEmulator(string line, bool matters) => Assert.Equal(matters, EmulatorMessages.Matters(line));

    private static string After(string name, BootOptions options) => AllAfter(name, QemuCommandLine.Build(options, s_wiring)).Single();

    private static IEnumerable<string> AllAfter(string name, IReadOnlyList<string> arguments) =>
        arguments.Zip(arguments.Skip(1)).Where(pair => pair.First == name).Select(pair => pair.Second);
}
