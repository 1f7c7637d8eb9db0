using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Memory;
using NooksOS.Kernel.Startup;

namespace NooksOS.Image.Hosting;

/// <summary>
/// Where images of extensions and their symbols are found by name: first among the files that the emulator hands over, then among
/// the modules that the boot loader brought.
/// </summary>
internal static class ImageFiles
{
    private const int MaximumBytes = 64 * 1024 * 1024;
    private const string ImageSuffix = ".nx";
    private const string SymbolSuffix = ".sym";

    // Null for what was looked for and is not there: looking takes a thousand port reads.
    private static readonly Dictionary<string, byte[]?> s_handedOver = [];

    private static ReadOnlySpan<byte> Folder => "opt/org.nooks/images/"u8;

    /// <summary>Names of all images, each once.</summary>
    public static IEnumerable<string> List()
    {
        List<string> files = [.. FirmwareConfiguration.ListFiles(new FirmwareConfigurationPort(), Folder)];
        foreach (BootModule module in BootEnvironment.Information.Modules)
        {
            files.Add(Encoding.ASCII.GetString(module.Name));
        }

        return files
            .Where(name => name.EndsWith(ImageSuffix, StringComparison.Ordinal))
            .Select(name => name[..^ImageSuffix.Length])
            .Distinct();
    }

    /// <summary>The bytes of an image, in memory that no domain can write and that never moves. Empty if there is none.</summary>
    public static ReadOnlySpan<byte> ReadImage(string name) => Read(name + ImageSuffix);

    /// <summary>The bytes of an image's symbols. Empty if there are none.</summary>
    public static ReadOnlySpan<byte> ReadSymbols(string name) => Read(name + SymbolSuffix);

    private static ReadOnlySpan<byte> Read(string file)
    {
        byte[] name = Encoding.ASCII.GetBytes(file);
        lock (s_handedOver)
        {
            if (!s_handedOver.TryGetValue(file, out byte[]? content))
            {
                content = FirmwareConfiguration.ReadFile(new FirmwareConfigurationPort(), [.. Folder, .. name], MaximumBytes);
                s_handedOver.Add(file, content);
            }

            if (content is not null)
            {
                return content;
            }
        }

        return BootEnvironment.TryGetModule(name, out ReadOnlySpan<byte> module) ? module : default;
    }
}
