using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using NooksOS.Tool.Links;

namespace NooksOS.Tool.Options;

/// <summary>How a machine is put together and what its kernel is told.</summary>
public sealed record BootOptions
{
    /// <summary>The longest name of an image without its suffix: what is left of the emulator's 55 bytes after the folder, and before that of its symbols.</summary>
    public const int MostImageNameBytes = 30;

    /// <summary>The longest name of a file for programs: what is left of the emulator's 55 bytes after the folder.</summary>
    public const int MostFileNameBytes = 35;

    /// <summary>The largest image that the kernel takes from the emulator.</summary>
    public const long MostImageBytes = 64 << 20;

    /// <summary>The largest file for programs that it does.</summary>
    public const long MostFileBytes = 64 << 20;

    private static readonly BootOptions s_defaults = new();

    /// <summary>How the extensions run.</summary>
    public IsolationMode Isolation { get; init; } = IsolationMode.Domain;

    /// <summary>The protection mechanism.</summary>
    public Protection Protection { get; init; } = Protection.Auto;

    /// <summary>Whether the machine has an IOMMU, by which the kernel fences DMA.</summary>
    public Iommu Iommu { get; init; } = Iommu.On;

    /// <summary>The network card, one of <see cref="NicModels.Names"/>.</summary>
    public string Nic { get; init; } = NicModels.Default;

    /// <summary>The sound card, one of <see cref="SoundModels.Names"/>.</summary>
    public string Sound { get; init; } = SoundModels.None;

    /// <summary>The WAV file that what the sound card plays is written to; null for nowhere.</summary>
    public string? SoundFile { get; init; }

    /// <summary>What executes the guest.</summary>
    public Accelerator Accelerator { get; init; } = Accelerator.Tcg;

    /// <summary>How many processors the machine has.</summary>
    public int Processors { get; init; } = 1;

    /// <summary>How much memory it has.</summary>
    public int MemoryMegabytes { get; init; } = 512;

    /// <summary>Disks that are attached: see <see cref="DiskImage"/>.</summary>
    public IReadOnlyList<string> Disks { get; init; } = [];

    /// <summary>What the disks are attached to.</summary>
    public DiskBus DiskBus { get; init; } = DiskBus.Ahci;

    /// <summary>How the emulator treats writes to their files.</summary>
    public DiskCache DiskCache { get; init; } = DiskCache.Writeback;

    /// <summary>Whether network card, sound card and disks of <see cref="Options.DiskBus.Virtio"/> assert one and the same interrupt line.</summary>
    public bool SharesInterruptLine { get; init; }

    /// <summary>Files with images of extensions that the kernel can load by name, besides those of the ISO.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Files that programs can open by their names, without a disk.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Ports of the host that lead into the guest.</summary>
    public IReadOnlyList<PortForward> Forwards { get; init; } = [];

    /// <summary>What the guest talks to.</summary>
    public PeerKind Peer { get; init; }

    /// <summary>What the link between the network card and the emulator's network does to frames.</summary>
    public LinkQuality Link { get; init; } = new();

    /// <summary>Lets frames be added to that link, and looked at.</summary>
    public bool InjectsFrames { get; init; }

    /// <summary>True where the frames of that link pass through this process.</summary>
    public bool HasRelay => Nic != NicModels.None && (InjectsFrames || !Link.IsPerfect);

    /// <summary>Where what the network card sends and receives is written; null for nowhere.</summary>
    public string? CaptureFile { get; init; }

    /// <summary>What starts the boot loader.</summary>
    public Firmware Firmware { get; init; } = Firmware.Bios;

    /// <summary>Words that the kernel is given besides those that follow from the other options.</summary>
    public string KernelArguments { get; init; } = string.Empty;

    /// <summary>Runs with a virtual clock that ticks once per instruction: exact, repeatable counts.</summary>
    public bool CountInstructions { get; init; }

    /// <summary>Where a debugger finds the machine, a TCP port of 127.0.0.1; null for nowhere.</summary>
    public int? DebuggerPort { get; init; }

    /// <summary>Whether the machine does not run before the debugger lets it.</summary>
    public bool WaitsForDebugger { get; init; }

    /// <summary>The extension that drives the network card; null if there is none.</summary>
    public string? NetworkDriver => NicModels.DriverOf(Nic);

    /// <summary>The extension that drives the disks.</summary>
    public string DiskDriver => DiskBus == DiskBus.Ahci ? "ahci" : "virtio-blk";

    /// <summary>The extension that drives the sound card; null if there is none.</summary>
    public string? SoundDriver => SoundModels.DriverOf(Sound);

    /// <summary>Where a forwarded port of the guest is reached; a peer on its own link needs no help for that.</summary>
    public IPEndPoint AddressOf(PortForward forward)
        => Peer == PeerKind.Linux
            ? new IPEndPoint(UserNetwork.ToAddress(UserNetwork.GuestAddress), forward.GuestPort)
            : new IPEndPoint(IPAddress.Loopback, forward.HostPort);

    /// <summary>All words that the kernel is given.</summary>
    public string KernelCommandLine()
    {
        string words = $"isolation={Lower(Isolation)} protection={Lower(Protection)}";
        return KernelArguments.Length == 0 ? words : words + " " + KernelArguments;
    }

    /// <summary>The options of the tool that ask for this machine, defaults left out.</summary>
    public IReadOnlyList<string> ToArguments()
    {
        List<string> arguments = [];
        void Add(string name, object value, object byDefault)
        {
            if (!value.Equals(byDefault))
            {
                arguments.Add(name);
                arguments.Add(value is IFormattable number and not Enum ? number.ToString(null, CultureInfo.InvariantCulture) : Lower(value));
            }
        }

        Add("--isolation", Isolation, s_defaults.Isolation);
        Add("--protection", Protection, s_defaults.Protection);
        Add("--iommu", Iommu, s_defaults.Iommu);
        Add("--nic", Nic, s_defaults.Nic);
        Add("--sound", Sound, s_defaults.Sound);
        Add("--accel", Accelerator, s_defaults.Accelerator);
        Add("--smp", Processors, s_defaults.Processors);
        Add("--memory", MemoryMegabytes, s_defaults.MemoryMegabytes);
        Add("--firmware", Firmware, s_defaults.Firmware);
        Add("--loss", Link.LossPercent, s_defaults.Link.LossPercent);
        Add("--reorder", Link.ReorderPercent, s_defaults.Link.ReorderPercent);
        Add("--duplicate", Link.DuplicatePercent, s_defaults.Link.DuplicatePercent);
        Add("--link-seed", Link.Seed, s_defaults.Link.Seed);
        Add("--disk-bus", DiskBus, s_defaults.DiskBus);
        Add("--disk-cache", DiskCache, s_defaults.DiskCache);
        arguments.AddRange(Disks.SelectMany(file => new[] { "--disk", file }));
        arguments.AddRange(Images.SelectMany(file => new[] { "--image", file }));
        arguments.AddRange(Files.SelectMany(file => new[] { "--file", file }));
        arguments.AddRange(Forwards.SelectMany(forward => new[] { "--forward", forward.ToString() }));
        if (SoundFile is not null)
        {
            arguments.AddRange(["--sound-file", SoundFile]);
        }

        if (CaptureFile is not null)
        {
            arguments.AddRange(["--capture", CaptureFile]);
        }

        if (KernelArguments.Length != 0)
        {
            arguments.AddRange(["--kernel-arguments", KernelArguments]);
        }

        if (SharesInterruptLine)
        {
            arguments.Add("--shared-line");
        }

        if (CountInstructions)
        {
            arguments.Add("--count-instructions");
        }

        return arguments;
    }

    private static string Lower(object value) => value is string text ? text : value.ToString()!.ToLowerInvariant();
}
