using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace NooksOS.Tool.Campaigns;

/// <summary>Names a build of the kernel and its extensions by what it consists of.</summary>
public static class BuildStamp
{
    private const int Digits = 12;

    /// <summary>The stamp of the images in a folder of build results.</summary>
    public static string Of(string artifacts)
    {
        using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string image in Directory.EnumerateFiles(Path.Combine(artifacts, "images"), "*.nx").Order(StringComparer.Ordinal))
        {
            digest.AppendData(File.ReadAllBytes(image));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset())[..Digits];
    }
}
