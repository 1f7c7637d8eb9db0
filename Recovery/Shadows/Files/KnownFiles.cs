using System;
using System.Collections.Generic;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Files whose paths were looked up before, open or closed: to open one of them again asks nobody. Everything that changes a file
/// or its name comes by here first, so what is known is what the file system would say. Paths differ by the case of letters as
/// little as they do there; those that name a file by more or other slashes than need be are not remembered. Whoever makes the
/// calls guards it.
/// </summary>
internal sealed class KnownFiles
{
    private const int Limit = 512;

    private readonly Dictionary<string, OpenNode> _byPath = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, OpenNode>.AlternateLookup<ReadOnlySpan<char>> _byText;
    private readonly Dictionary<ulong, string> _pathByEntry = [];
    private uint _instances;

    /// <summary>Nothing is known yet.</summary>
    public KnownFiles() => _byText = _byPath.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Forgets everything if there is another instance of the file system: it has looked at all of the medium anew.</summary>
    public void Synchronize(uint instances)
    {
        if (instances != _instances)
        {
            _instances = instances;
            Clear();
        }
    }

    /// <summary>Finds a file by its path. Null if it is not known.</summary>
    public OpenNode? Find(ReadOnlySpan<char> path)
        => _byPath.Count != 0 && IsPlain(path) && _byText.TryGetValue(path, out OpenNode? node) ? node : null;

    /// <summary>Finds a file by the place of its entry. Null if it is not known.</summary>
    public OpenNode? Find(ulong entryPosition)
        => _pathByEntry.TryGetValue(entryPosition, out string? path) ? _byPath[path] : null;

    /// <summary>A file was found by a path of which every name is the own name of what it names.</summary>
    public void Add(ReadOnlySpan<char> path, OpenNode node)
    {
        if (!IsPlain(path) || node.Node.IsDirectory)
        {
            return;
        }

        if (_byPath.Count >= Limit)
        {
            Clear();
        }

        Forget(node.Node.EntryPosition);
        string own = new(path);
        if (_byPath.TryGetValue(own, out OpenNode? other))
        {
            Forget(other.Node.EntryPosition);
        }

        _byPath.Add(own, node);
        _pathByEntry[node.Node.EntryPosition] = own;
    }

    /// <summary>A file is removed, or changed by others than those who have it open.</summary>
    public void Forget(ulong entryPosition)
    {
        if (_pathByEntry.Remove(entryPosition, out string? path))
        {
            _byPath.Remove(path);
        }
    }

    /// <summary>Any file may be another one now.</summary>
    public void Clear()
    {
        _byPath.Clear();
        _pathByEntry.Clear();
    }

    private static bool IsPlain(ReadOnlySpan<char> path)
        => path.Length > 1 && path[0] == '/' && path[^1] != '/' && path.IndexOf("//", StringComparison.Ordinal) < 0;
}
