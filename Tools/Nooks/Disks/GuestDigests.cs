using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace NooksOS.Tool.Disks;

/// <summary>What the guest's <c>sha256 PATH --json</c> prints.</summary>
public static class GuestDigests
{
    /// <summary>Reads it: the digest of each file by its path.</summary>
    public static SortedDictionary<string, string> Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return new SortedDictionary<string, string>(
            document.RootElement.EnumerateArray().ToDictionary(
                file => file.GetProperty("path").GetString()!, file => file.GetProperty("sha256").GetString()!),
            StringComparer.Ordinal);
    }
}
