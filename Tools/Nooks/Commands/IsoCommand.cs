using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks iso</c>: only builds the bootable image.</summary>
public static class IsoCommand
{
    private const double BytesPerMegabyte = 1024 * 1024;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        Option<FileInfo?> copy = new("--out") { Description = "also copy the image to this file", HelpName = "FILE" };
        Command command = new("iso", "Build the bootable image (BIOS and UEFI)") { copy };
        command.SetAction((result, cancellation) => RunAsync(context, result.GetValue(copy), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, FileInfo? copy, CancellationToken cancellation)
    {
        string iso = await context.BuildAsync(cancellation);
        if (copy is not null)
        {
            try
            {
                File.Copy(iso, copy.FullName, overwrite: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new HostException($"could not write {copy.FullName}: {failure.Message}", failure);
            }

            iso = copy.FullName;
        }

        double megabytes = new FileInfo(iso).Length / BytesPerMegabyte;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{iso} ({megabytes:F1} MB)"));
        return (int)ExitCode.Success;
    }
}
