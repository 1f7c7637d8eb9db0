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

    /// <summary>Ends the name of the file that says what the project of an image names.</summary>
    public const string IdentitiesSuffix = ".ids";

    private static readonly Dictionary<string, byte[]> s_handedOver = [];

    private static ReadOnlySpan<byte> Folder => "opt/org.nooks/images/"u8;

    /// <summary>
    /// Takes the files that the emulator hands over. Once, before an extension runs: each of the thousands of port reads can take
    /// an emulator microseconds, and later they would be made by the thread that recovers, which nothing interrupts.
    /// </summary>
    public static void TakeHandedOver()
    {
        FirmwareConfigurationPort port = new();
        foreach (string file in FirmwareConfiguration.ListFiles(port, Folder))
        {
            if (FirmwareConfiguration.ReadFile(port, [.. Folder, .. Encoding.ASCII.GetBytes(file)], MaximumBytes) is { } content)
            {
                s_handedOver.Add(file, content);
            }
        }
    }

    /// <summary>Takes an image that was read from a disk, in the place of any other of that name.</summary>
    public static void Take(string name, byte[] content) => TakeFile(name + ImageSuffix, content);

    /// <summary>Takes what the project of an image names, read from a disk as well.</summary>
    public static void TakeIdentities(string name, byte[] content) => TakeFile(name + IdentitiesSuffix, content);

    /// <summary>Names of all images, each once.</summary>
    public static IEnumerable<string> List()
    {
        List<string> files = [.. s_handedOver.Keys];
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

    /// <summary>What the project of an image names.</summary>
    public static ImageIdentities ReadIdentities(string name) => new(Read(name + IdentitiesSuffix));

    private static void TakeFile(string file, byte[] content)
    {
        lock (s_handedOver)
        {
            s_handedOver[file] = content;
        }
    }

    private static ReadOnlySpan<byte> Read(string file)
    {
        lock (s_handedOver)
        {
            if (s_handedOver.TryGetValue(file, out byte[]? content))
            {
                return content;
            }
        }

        return BootEnvironment.TryGetModule(Encoding.ASCII.GetBytes(file), out ReadOnlySpan<byte> module) ? module : default;
    }
}
