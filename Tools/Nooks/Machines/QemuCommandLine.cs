using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NooksOS.Tool.Host;
using NooksOS.Tool.Links;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Machines;

/// <summary>Puts together the arguments of QEMU.</summary>
public static class QemuCommandLine
{
    /// <summary>The program.</summary>
    public const string Program = "qemu-system-x86_64";

    /// <summary>QEMU's exit status after the kernel powered the machine off: (0x10 written to isa-debug-exit) * 2 + 1.</summary>
    public const int PowerOffStatus = 33;

    /// <summary>QEMU's exit status after the kernel panicked: (0x11 written to isa-debug-exit) * 2 + 1.</summary>
    public const int PanicStatus = 35;

    /// <summary>The file in which the kernel finds its arguments through the firmware configuration device.</summary>
    public const string ArgumentsFile = "opt/org.nooks/arguments";

    /// <summary>The folder in which the kernel finds images of extensions through the firmware configuration device.</summary>
    public const string ImagesFolder = "opt/org.nooks/images/";

    /// <summary>The folder in which programs of the guest find files through the firmware configuration device.</summary>
    public const string FilesFolder = "opt/org.nooks/files/";

    /// <summary>What QEMU calls the network that the card is on.</summary>
    public const string NetworkName = "network";

    private const int InterruptLines = 4;
    private const int NetworkTurn = 0;
    private const int SoundTurn = 1;
    private const int FirstDiskTurn = 2;

    private static readonly string[] s_companions = [".sym", ".ids"];

    /// <summary>The arguments for a machine of the given options that is connected as told.</summary>
    public static IReadOnlyList<string> Build(BootOptions options, MachineWiring wiring)
    {
        List<string> arguments =
        [
            "-machine", "q35",
            "-accel", options.Accelerator == Accelerator.Kvm ? "kvm" : "tcg",
            "-cpu", "max",
            "-m", Number(options.MemoryMegabytes),
            "-smp", Number(options.Processors),
            "-no-reboot",
            "-display", wiring.Display,
            "-boot", "order=d",
            "-cdrom", Escape(wiring.IsoFile),
            "-fw_cfg", $"name={ArgumentsFile},string={Escape(options.KernelCommandLine())}",
            "-device", "isa-debug-exit,iobase=0xf4,iosize=0x4",
        ];

        // Before the devices that it is for.
        arguments.AddRange(options.Iommu == Iommu.On ? ["-device", "intel-iommu,intremap=off"] : Array.Empty<string>());
        AddNetwork(arguments, options);
        AddLink(arguments, options, wiring);
        AddFirmware(arguments, wiring);
        AddSerialPorts(arguments, wiring);
        AddSound(arguments, options);
        AddDisks(arguments, options);

        foreach (string file in options.Images.SelectMany(WithCompanions))
        {
            arguments.AddRange(["-fw_cfg", $"name={ImagesFolder}{Escape(Path.GetFileName(file))},file={Escape(file)}"]);
        }

        foreach (string file in options.Files)
        {
            arguments.AddRange(["-fw_cfg", $"name={FilesFolder}{Escape(Path.GetFileName(file))},file={Escape(file)}"]);
        }

        if (wiring.StateFile is { } state)
        {
            arguments.AddRange(["-incoming", $"exec:cat '{state}'"]);
        }

        if (options.CountInstructions)
        {
            arguments.AddRange(["-icount", "shift=0,sleep=off"]);
        }

        if (options.DebuggerPort is { } stub)
        {
            arguments.AddRange(["-gdb", $"tcp:127.0.0.1:{Number(stub)}"]);
            arguments.AddRange(options.WaitsForDebugger ? ["-S"] : Array.Empty<string>());
        }

        return arguments;
    }

    // The serial number is how the kernel tells disks apart. Port 2 of the controller has the CD-ROM.
    private static void AddDisks(List<string> arguments, BootOptions options)
    {
        int[] ports = [0, 1, 3, 4, 5];
        int most = DiskImage.MostOn(options.DiskBus);
        if (options.Disks.Count > most)
        {
            throw new HostException($"the machine has room for {most} disks, not for {options.Disks.Count}");
        }

        string cache = options.DiskCache.ToString().ToLowerInvariant();
        for (int index = 0; index < options.Disks.Count; index++)
        {
            string name = $"disk{Number(index)}";
            arguments.AddRange(["-drive", $"file={Escape(options.Disks[index])},format=raw,if=none,id={name},cache={cache}"]);
            arguments.AddRange(["-device", options.DiskBus == DiskBus.Ahci
                ? $"ide-hd,drive={name},bus=ide.{Number(ports[index])},serial={name}"
                : $"virtio-blk-pci,drive={name},serial={name}{BehindIommu(options)}{Place(options, FirstDiskTurn + index)}"]);
        }
    }

    // The file has the rate that the kernel plays at, so that the emulator changes nothing.
    private static void AddSound(List<string> arguments, BootOptions options)
    {
        if (options.Sound == SoundModels.None)
        {
            return;
        }

        string backEnd = options.SoundFile is null
            ? "none,id=sound"
            : $"wav,id=sound,path={Escape(options.SoundFile)},out.frequency=44100,out.channels=2,out.format=s16";
        arguments.AddRange(["-audiodev", backEnd, "-device", $"{options.Sound},audiodev=sound{(options.Sound == SoundModels.PciCard ? Place(options, SoundTurn) : string.Empty)}"]);
    }

    private static void AddFirmware(List<string> arguments, MachineWiring wiring)
    {
        if (wiring.UefiCodeFile is not null && wiring.UefiVariablesFile is not null)
        {
            arguments.AddRange(["-drive", $"if=pflash,unit=0,format=raw,readonly=on,file={Escape(wiring.UefiCodeFile)}"]);
            arguments.AddRange(["-drive", $"if=pflash,unit=1,format=raw,file={Escape(wiring.UefiVariablesFile)}"]);
        }
    }

    private static void AddSerialPorts(List<string> arguments, MachineWiring wiring)
    {
        if (wiring.ConsoleLogFile is null)
        {
            arguments.AddRange(["-serial", "mon:stdio"]);
        }
        else
        {
            arguments.AddRange(["-chardev", $"file,id=console,path={Escape(wiring.ConsoleLogFile)}", "-serial", "chardev:console"]);
        }

        if (wiring.ControlSocket is null)
        {
            arguments.AddRange(["-serial", "null"]);
        }
        else
        {
            arguments.AddRange(["-chardev", $"socket,id=control,path={Escape(wiring.ControlSocket)}", "-serial", "chardev:control"]);
        }

        if (wiring.MonitorSocket is not null)
        {
            arguments.AddRange(["-chardev", $"socket,id=monitor,path={Escape(wiring.MonitorSocket)}", "-mon", "chardev=monitor,mode=control"]);
        }
    }

    /// <summary>The build puts the symbols next to the image.</summary>
    // What the build has put next to an image: its symbols, and what its project names.
    private static IEnumerable<string> WithCompanions(string image)
        => s_companions.Select(extension => Path.ChangeExtension(image, extension)).Where(File.Exists).Prepend(image);

    private static void AddNetwork(List<string> arguments, BootOptions options)
    {
        if (options.Nic == NicModels.None)
        {
            arguments.AddRange(["-nic", NicModels.None]);
            return;
        }

        arguments.AddRange(["-netdev", options.Peer == PeerKind.Linux ? TapNetwork() : UserNetwork(options)]);
        string virtio = NicModels.IsVirtio(options.Nic) ? BehindIommu(options) : string.Empty;
        arguments.AddRange(["-device", $"{options.Nic},netdev={NetworkName}{virtio}{Place(options, NetworkTurn)}"]);
    }

    // A virtio device goes past an IOMMU unless it is told not to, and what is older than the standard always does.
    private static string BehindIommu(BootOptions options)
        => options.Iommu == Iommu.On ? ",disable-legacy=on,iommu_platform=on" : string.Empty;

    private static string UserNetwork(BootOptions options)
    {
        IEnumerable<string> forwards = options.Forwards.SelectMany(Transports, (forward, transport) =>
            string.Create(CultureInfo.InvariantCulture, $",hostfwd={transport}:127.0.0.1:{forward.HostPort}-:{forward.GuestPort}"));
        return $"user,id={NetworkName}{string.Concat(forwards)}";
    }

    // The filters of a link know of no headers before the frames.
    private static string TapNetwork()
        => $"tap,id={NetworkName},ifname={PrivateNetwork.DeviceName},script=no,downscript=no,vnet_hdr=off";

    // The chipset hands its lines out to slots in turn.
    private static string Place(BootOptions options, int turn)
        => options.SharesInterruptLine ? string.Create(CultureInfo.InvariantCulture, $",addr={(turn + 1) * InterruptLines:x}") : string.Empty;

    // The order matters, because frames to the guest pass the filters from the first to the last, and those from the guest from
    // the last to the first: what is captured is what the card receives and sends.
    private static void AddLink(List<string> arguments, BootOptions options, MachineWiring wiring)
    {
        if (wiring.Relay is not null)
        {
            AddRedirector(arguments, "to-guest", "tx", wiring.Relay.ToGuest);
            AddRedirector(arguments, "from-guest", "rx", wiring.Relay.FromGuest);
        }

        if (options.CaptureFile is not null)
        {
            arguments.AddRange(["-object", $"filter-dump,id=capture,netdev={NetworkName},file={Escape(options.CaptureFile)}"]);
        }
    }

    private static void AddRedirector(List<string> arguments, string name, string queue, RedirectedQueue sockets)
    {
        arguments.AddRange(["-chardev", $"socket,id={name}-leaving,path={Escape(sockets.LeavingSocket)}"]);
        arguments.AddRange(["-chardev", $"socket,id={name}-returning,path={Escape(sockets.ReturningSocket)}"]);
        arguments.AddRange(
            ["-object", $"filter-redirector,id={name},netdev={NetworkName},queue={queue},outdev={name}-leaving,indev={name}-returning"]);
    }

    private static string[] Transports(PortForward forward) => forward.Transport switch
    {
        ForwardedTransport.Udp => ["udp"],
        ForwardedTransport.Tcp => ["tcp"],
        _ => ["udp", "tcp"],
    };

    /// <summary>QEMU takes a comma for the end of a value unless it is doubled.</summary>
    private static string Escape(string value) => value.Replace(",", ",,", StringComparison.Ordinal);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
