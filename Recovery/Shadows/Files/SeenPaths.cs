using System;
using System.Collections.Generic;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Paths of files and directories that a file system has found or made, whichever instance it was, and that nobody has removed since.
/// Not all of them, and one may be gone by another name of its own: it is no more than a reason to ask again. Whoever makes the calls
/// guards it.
/// </summary>
internal sealed class SeenPaths
{
    private const int Limit = 512;

    private readonly HashSet<string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _byText;

    /// <summary>Nothing was seen yet.</summary>
    public SeenPaths() => _byText = _paths.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether it was there.</summary>
    public bool Has(ReadOnlySpan<char> path) => _byText.Contains(path.TrimEnd('/'));

    /// <summary>Whether the directory that it is in was there. The root always is.</summary>
    public bool HasParentOf(ReadOnlySpan<char> path)
    {
        path = path.TrimEnd('/');
        ReadOnlySpan<char> parent = path[..Math.Max(0, path.LastIndexOf('/'))].TrimEnd('/');
        return parent.IsEmpty || Has(parent);
    }

    /// <summary>It is there.</summary>
    public void Add(ReadOnlySpan<char> path)
    {
        if (_paths.Count >= Limit)
        {
            _paths.Clear();
        }

        _byText.Add(path.TrimEnd('/'));
    }

    /// <summary>It is not there any more, or perhaps not.</summary>
    public void Forget(ReadOnlySpan<char> path) => _byText.Remove(path.TrimEnd('/'));

    /// <summary>Any of them may be gone.</summary>
    public void Clear() => _paths.Clear();
}
