using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NooksOS.Tool.Host;

/// <summary>A package of Debian that the tool needs, and how to see that it is there.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Probes">Files or folders; any of them proves the package present.</param>
public sealed record DebianPackage(string Name, IReadOnlyList<string> Probes)
{
    /// <summary>Everything that building and booting take besides the .NET SDK.</summary>
    public static readonly IReadOnlyList<DebianPackage> Needed =
    [
        Program("nasm", "nasm"),
        Program("binutils", "ld"),
        Program("qemu-system-x86", "qemu-system-x86_64"),
        new("grub-pc-bin", ["/usr/lib/grub/i386-pc/moddep.lst"]),
        new("grub-efi-amd64-bin", ["/usr/lib/grub/x86_64-efi/moddep.lst"]),
        Program("grub-common", "grub-mkrescue"),
        Program("xorriso", "xorriso"),
        Program("mtools", "mformat"),
        new("dosfstools", ["/usr/sbin/fsck.vfat", "/sbin/fsck.vfat"]),
        new("ovmf", ["/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_CODE.fd"]),
    ];

    /// <summary>A browser without a window, for the test of the dashboard.</summary>
    public static readonly DebianPackage Browser = Program("chromium-headless-shell", "chromium-headless-shell");

    /// <summary>A debugger.</summary>
    public static readonly DebianPackage Debugger = Program("gdb", "gdb");

    /// <summary>Measures what a network carries.</summary>
    public static readonly DebianPackage Iperf = Program("iperf", "iperf");

    /// <summary>Takes captured frames apart.</summary>
    public static readonly DebianPackage FrameAnalyzer = Program("tshark", "tshark");

    /// <summary>Makes very many requests of a web server.</summary>
    public static readonly DebianPackage LoadGenerator = Program("wrk", "wrk");

    /// <summary>Looks for the package's files.</summary>
    public bool IsPresent() => Probes.Any(Path.Exists);

    private static DebianPackage Program(string package, string program)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return new DebianPackage(package, [.. folders.Select(folder => Path.Combine(folder, program))]);
    }
}
