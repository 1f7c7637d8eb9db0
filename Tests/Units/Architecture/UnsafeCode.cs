using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace NooksOS.Tests.Units.Architecture;

public sealed partial class UnsafeCode
{
    private static readonly string[] s_safeFolders = ["Drivers", "Extensions", "ObjectTracker", "Recovery", "Storage", "Wrappers/Contracts", "Wrappers/Files", "Wrappers/Sockets"];

    [Fact]
    public void SafeFoldersHoldNoUnsafeCode()
    {
        string[] found =
        [
            .. SourceTree.Files("*.cs", s_safeFolders)
                .Where(file => UnsafePattern().IsMatch(File.ReadAllText(file)))
                .Select(file => Path.GetRelativePath(SourceTree.Root, file)),
        ];
        Assert.Empty(found);
    }

    [Fact]
    public void SafeFoldersDoNotAllowUnsafeCode()
        => Assert.All(
            SourceTree.Files("*.csproj", s_safeFolders),
            file => Assert.DoesNotContain("<AllowUnsafeBlocks>true", File.ReadAllText(file)));

    // The back doors that the compiler leaves open when unsafe blocks are off. A cast of bytes to plain values is none: its
    // result is no longer than the bytes.
    [GeneratedRegex(@"\bunsafe\b|\bUnsafe\.|\bMemoryMarshal\.(?!Cast<byte, )|\bMarshal\.|\[DllImport|\[UnsafeAccessor|\[FieldOffset")]
    private static partial Regex UnsafePattern();
}
