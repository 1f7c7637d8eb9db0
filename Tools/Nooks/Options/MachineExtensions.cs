using System.Collections.Generic;
using System.Linq;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Options;

/// <summary>The extensions that a machine runs without being told to.</summary>
public static class MachineExtensions
{
    /// <summary>The file system, where there is a disk.</summary>
    public const string FileSystem = "vfat";

    private static readonly string[] s_always = ["tcpip", "khttpd"];

    /// <summary>The extensions of a machine with these drivers; a driver is null where its device is not there.</summary>
    public static IReadOnlyList<string> Of(string? networkDriver, string? diskDriver, string? soundDriver)
    {
        string?[] running = [networkDriver, .. s_always, diskDriver, diskDriver is null ? null : FileSystem, soundDriver];
        return [.. running.OfType<string>()];
    }

    /// <summary>Requires that a machine runs what is to be crashed in it, or replaced.</summary>
    /// <param name="options">The machine.</param>
    /// <param name="hasDisk">Whether it is given a disk besides those of the options.</param>
    /// <param name="names">The extensions.</param>
    /// <exception cref="HostException">It does not run one of them.</exception>
    public static void Require(BootOptions options, bool hasDisk, IEnumerable<string> names)
    {
        IReadOnlyList<string> running = Of(options.NetworkDriver, hasDisk || options.Disks.Count > 0 ? options.DiskDriver : null, options.SoundDriver);
        if (names.FirstOrDefault(name => !running.Contains(name)) is { } missing)
        {
            throw new HostException($"--extension: the machine does not run '{missing}'; it runs {string.Join(", ", running)}");
        }
    }
}
