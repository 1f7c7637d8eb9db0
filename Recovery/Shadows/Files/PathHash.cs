using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Numbers for paths, which take no memory. Two paths of one number are taken for one: as seldom as 64 bits let it be, and whoever uses
/// these must bear it. Letters differ by their case as little as in names of files.
/// </summary>
internal static class PathHash
{
    // FNV-1a with 64 bits, by characters.
    private const ulong Basis = 0xCBF2_9CE4_8422_2325;
    private const ulong Prime = 0x0000_0100_0000_01B3;
    private const char LastPlain = '\u007F';

    /// <summary>The number of a path, with or without a slash at its end.</summary>
    public static ulong Of(ReadOnlySpan<char> path) => Append(Basis, path.TrimEnd('/'));

    /// <summary>The number of the directory that something is in.</summary>
    public static ulong OfParent(ReadOnlySpan<char> path)
    {
        path = path.TrimEnd('/');
        return Of(path[..Math.Max(0, path.LastIndexOf('/'))]);
    }

    /// <summary>The number of something in a directory.</summary>
    public static ulong OfChild(ulong directory, ReadOnlySpan<char> name) => Append(Append(directory, "/"), name);

    /// <summary>The number of the root.</summary>
    public static ulong Root => Basis;

    private static ulong Append(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            char folded = character > LastPlain ? char.ToUpperInvariant(character)
                : character is >= 'a' and <= 'z' ? (char)(character & ~0x20)
                : character;
            hash = (hash ^ folded) * Prime;
        }

        return hash;
    }
}
