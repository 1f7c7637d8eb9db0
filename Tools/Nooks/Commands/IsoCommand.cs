using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks iso</c>: only builds the bootable image.</summary>
public static class IsoCommand
{
    private const double BytesPerMegabyte = 1024 * 1024;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        Option<string?> copy = NamedFiles.ToWrite("--out", "FILE", "also copy the image to this file");
        Command command = new("iso", "Build the bootable image (BIOS and UEFI)") { copy };
        command.SetAction((result, cancellation) => RunAsync(context, result.GetValue(copy), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string? copy, CancellationToken cancellation)
    {
        string iso = await context.BuildAsync(cancellation);
        if (copy is not null)
        {
            try
            {
                File.Copy(iso, copy, overwrite: true);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new HostException($"could not write {copy}: {failure.Message}", failure);
            }

            iso = copy;
        }

        double megabytes = new FileInfo(iso).Length / BytesPerMegabyte;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{iso} ({megabytes:F1} MB)"));
        return (int)ExitCode.Success;
    }
}
