using System;
using System.Collections.Generic;
using System.Text;
using NooksOS.Kernel.Bus;

namespace NooksOS.Image.Processes;

/// <summary>Files that the emulator hands over for programs. Each is read when it is first asked for, and kept.</summary>
internal static class HandedFiles
{
    private const int MaximumBytes = 64 * 1024 * 1024;

    private static readonly Dictionary<string, byte[]> s_files = [];

    private static ReadOnlySpan<byte> Folder => "opt/org.nooks/files/"u8;

    /// <summary>The content of a file; null if there is none of that name.</summary>
    public static byte[]? TryOpen(ReadOnlySpan<byte> name)
    {
        string key = Encoding.UTF8.GetString(name);
        lock (s_files)
        {
            if (!s_files.TryGetValue(key, out byte[]? content))
            {
                content = FirmwareConfiguration.ReadFile(new FirmwareConfigurationPort(), [.. Folder, .. name], MaximumBytes);
                if (content is not null)
                {
                    s_files.Add(key, content);
                }
            }

            return content;
        }
    }
}
