using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Campaigns;

/// <summary>The devices that a campaign's machine needs so that each extension of it has something to do.</summary>
public sealed record TrialDevices
{
    private const string AhciDisk = "ahci";
    private const string VirtioDisk = "virtio-blk";

    private static readonly string[] s_disks = [AhciDisk, VirtioDisk, MachineExtensions.FileSystem];

    /// <summary>The sound card, one of <see cref="SoundModels.Names"/>.</summary>
    public string Sound { get; private init; } = SoundModels.None;

    /// <summary>Whether there is a disk.</summary>
    public bool HasDisk { get; private init; }

    /// <summary>What it is attached to.</summary>
    public DiskBus DiskBus { get; private init; }

    /// <summary>What a campaign against some extensions needs.</summary>
    /// <exception cref="HostException">No machine has it all.</exception>
    public static TrialDevices For(IReadOnlyList<string> extensions)
    {
        string[] cards = [.. SoundModels.Names.Where(model => SoundModels.DriverOf(model) is { } driver && extensions.Contains(driver))];
        if (cards.Length > 1 || s_disks.Except([MachineExtensions.FileSystem]).All(extensions.Contains))
        {
            throw new HostException("a campaign's machine has one sound card and one kind of disk: these extensions need several campaigns");
        }

        return new TrialDevices
        {
            Sound = cards.SingleOrDefault(SoundModels.None),
            HasDisk = s_disks.Any(extensions.Contains),
            DiskBus = extensions.Contains(VirtioDisk) ? DiskBus.Virtio : DiskBus.Ahci,
        };
    }

    /// <summary>Refuses a campaign against what a machine with these devices does not run.</summary>
    /// <param name="extensions">What the campaign is against.</param>
    /// <param name="networkDriver">The driver of its network card, or null if it has none.</param>
    /// <exception cref="HostException">One of them is not there.</exception>
    public void Require(IReadOnlyList<string> extensions, string? networkDriver)
    {
        string? disk = !HasDisk ? null : DiskBus == DiskBus.Virtio ? VirtioDisk : AhciDisk;
        IReadOnlyList<string> running = MachineExtensions.Of(networkDriver, disk, SoundModels.DriverOf(Sound));
        if (extensions.FirstOrDefault(extension => !running.Contains(extension)) is { } missing)
        {
            throw new HostException(
                $"the machine of this campaign does not run '{missing}': it runs {string.Join(", ", running)}"
                + " (a campaign against another network card, disk or sound card names its driver)");
        }
    }

    /// <summary>The network card for a campaign against some extensions: that of the driver among them, else the usual one.</summary>
    public static string NicFor(IReadOnlyList<string> extensions)
        => NicModels.Names.FirstOrDefault(model => NicModels.DriverOf(model) is { } driver && extensions.Contains(driver)) ?? NicModels.Default;
}
