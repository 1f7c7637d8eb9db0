using System;
using System.IO;

namespace NooksOS.Tool.Options;

/// <summary>What a disk is made from: a file, or <c>blkdebug:RULES:FILE</c>, a file with errors by the emulator's rules.</summary>
public static class DiskImage
{
    private const string ErrorsPrefix = "blkdebug:";
    private const int PortsOfController = 5;

    // As many devices as the kernel lets one driver have.
    private const int DevicesOfDriver = 4;

    /// <summary>The file with the contents.</summary>
    public static string FileOf(string disk) => IsWithErrors(disk) ? disk[(disk.LastIndexOf(':') + 1)..] : disk;

    /// <summary>The same disk, wherever the emulator is started: it takes what stands before a colon at the beginning for something else than a file.</summary>
    public static string WithWholePath(string disk)
        => IsWithErrors(disk) ? $"{ErrorsPrefix}{RulesOf(disk)}:{Path.GetFullPath(FileOf(disk))}" : Path.GetFullPath(disk);

    /// <summary>Why it cannot be attached; null if it can.</summary>
    public static string? WhyNotAttached(string disk)
    {
        if (IsWithErrors(disk) && disk.IndexOf(':', ErrorsPrefix.Length) < 0)
        {
            return $"'{disk}' is not {ErrorsPrefix}RULES:FILE";
        }

        string file = FileOf(disk);
        return (IsWithErrors(disk) && RulesOf(disk).Length != 0 ? NamedFiles.WhyNotRead(RulesOf(disk)) : null)
            ?? NamedFiles.WhyNotRead(file)
            ?? NamedFiles.WhyNotWritten(file);
    }

    /// <summary>How many disks a machine has room for.</summary>
    public static int MostOn(DiskBus bus) => bus == DiskBus.Ahci ? PortsOfController : DevicesOfDriver;

    private static bool IsWithErrors(string disk) => disk.StartsWith(ErrorsPrefix, StringComparison.Ordinal);

    private static string RulesOf(string disk) => disk[ErrorsPrefix.Length..disk.LastIndexOf(':')];
}
