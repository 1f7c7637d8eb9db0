using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Machines;

/// <summary>What the emulator of this host can do. It must be there.</summary>
public static class EmulatorOffers
{
    /// <summary>The machine's screen is not shown.</summary>
    public const string NoDisplay = "none";

    // As it comes: the emulator is told to stop as soon as it has started.
    private const string StartAndStop = "echo quit | \"$0\" \"$@\"";

    /// <summary>Requires that the emulator can use what is to execute the guest: a device of the host may be there that does not work.</summary>
    /// <exception cref="HostException">It cannot.</exception>
    public static async Task RequireAcceleratorAsync(Accelerator accelerator, CancellationToken cancellation)
    {
        if (accelerator == Accelerator.Tcg)
        {
            return;
        }

        ProcessResult tried = await ChildProcess.RunAsync(
            "sh",
            ["-c", StartAndStop, QemuCommandLine.Program, "-machine", "q35", "-accel", "kvm", "-cpu", "max", "-nodefaults", "-display", "none", "-S", "-monitor", "stdio"],
            cancellation: cancellation);
        if (tried.ExitStatus != 0)
        {
            string said = tried.Errors.Trim().Split('\n')[0];
            throw new HostException($"--accel kvm: QEMU cannot use the virtualisation of this host; leave --accel away, and the machine is emulated ({said})");
        }
    }

    /// <summary>Requires that the emulator has a display, and that it can be seen.</summary>
    /// <param name="display">The kind, perhaps with the emulator's own options behind commas.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="HostException">It has none, or there is no desktop to show it on.</exception>
    public static async Task RequireDisplayAsync(string display, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(display);
        if (display == NoDisplay)
        {
            return;
        }

        ProcessResult listed = await ChildProcess.RunAsync(QemuCommandLine.Program, ["-display", "help"], cancellation: cancellation);
        bool hasDesktop = new[] { "DISPLAY", "WAYLAND_DISPLAY" }.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));
        if (WhyNoDisplay(display, listed.Output, hasDesktop) is { } reason)
        {
            throw new HostException($"--display {display}: {reason}");
        }
    }

    /// <summary>Why a display cannot be had; null if it can.</summary>
    /// <param name="display">The display.</param>
    /// <param name="help">What the emulator says it has, a line each behind a heading.</param>
    /// <param name="hasDesktop">Whether there is a desktop for its windows.</param>
    public static string? WhyNoDisplay(string display, string help, bool hasDesktop)
    {
        ArgumentNullException.ThrowIfNull(display);
        ArgumentNullException.ThrowIfNull(help);
        string kind = display.Split(',', '=')[0];
        string[] known = [.. help.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains(' ', StringComparison.Ordinal))];
        if (kind != "vnc" && !known.Contains(kind))
        {
            return $"QEMU has {string.Join(", ", known)} here; sudo apt-get install qemu-system-gui brings windows";
        }

        return kind is "gtk" or "sdl" && !hasDesktop ? "there is no desktop for a window here (DISPLAY is not set)" : null;
    }
}
