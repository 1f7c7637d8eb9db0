using System;
using System.Collections.Generic;
using System.Text;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Startup;

namespace NooksOS.Image.Hosting;

/// <summary>
/// Where images of extensions are found by name: first among the files that the emulator hands over, then among the modules
/// that the boot loader brought.
/// </summary>
internal static class ImageFiles
{
    private const int MaximumBytes = 64 * 1024 * 1024;

    private static readonly Dictionary<string, byte[]> s_handedOver = [];

    private static ReadOnlySpan<byte> Folder => "opt/org.nooks/images/"u8;

    /// <summary>Names of the images that the emulator hands over.</summary>
    public static IReadOnlyList<string> ListHandedOver() => FirmwareConfiguration.ListFiles(new FirmwareConfigurationPort(), Folder);

    /// <summary>The bytes of an image, in memory that no domain can write and that never moves. Empty if there is none.</summary>
    public static ReadOnlySpan<byte> Read(string name)
    {
        lock (s_handedOver)
        {
            if (!s_handedOver.TryGetValue(name, out byte[]? content))
            {
                byte[] path = [.. Folder, .. Encoding.ASCII.GetBytes(name)];
                content = FirmwareConfiguration.ReadFile(new FirmwareConfigurationPort(), path, MaximumBytes);
                if (content is not null)
                {
                    s_handedOver.Add(name, content);
                }
            }

            if (content is not null)
            {
                return content;
            }
        }

        return BootEnvironment.TryGetModule(Encoding.ASCII.GetBytes(name + ".nx"), out ReadOnlySpan<byte> module) ? module : default;
    }
}
