using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Paths of files and directories that a file system has found or made, whichever instance it was, and that nobody has removed since.
/// Not all of them, and one may be gone by another name of its own: it is no more than a reason to ask again. Whoever makes the calls
/// guards it.
/// </summary>
internal sealed class SeenPaths
{
    private const int Limit = 1024;

    private readonly Dictionary<ulong, SeenFile> _files = [];

    // In listings, of which only the instance itself has to be held to what it says.
    private readonly Dictionary<ulong, SeenFile> _listed = [];
    private readonly HashSet<ulong> _missing = [];
    private uint _instances;

    /// <summary>Another instance of the file system is not held to the listings of the one before.</summary>
    public void Synchronize(uint instances)
    {
        if (instances != _instances)
        {
            _instances = instances;
            _listed.Clear();
        }
    }

    /// <summary>What was there; null if that is not known.</summary>
    public SeenFile? Find(ulong path)
        => _files.TryGetValue(path, out SeenFile file) || _listed.TryGetValue(path, out file) ? file : null;

    /// <summary>Whether the directory was there that has this number. The root always is.</summary>
    public bool Has(ulong directory) => directory == PathHash.Root || _files.ContainsKey(directory) || _listed.ContainsKey(directory);

    /// <summary>Whether it was removed, or was not there, and nobody has made it since.</summary>
    public bool IsMissing(ulong path) => _missing.Contains(path);

    /// <summary>It is there.</summary>
    public void Add(ulong path, in FileNode node)
    {
        _missing.Remove(path);
        Add(_files, path, node);
    }

    /// <summary>It is not there.</summary>
    public void AddMissing(ulong path)
    {
        if (_missing.Count >= Limit)
        {
            _missing.Clear();
        }

        _missing.Add(path);
    }

    /// <summary>It is listed.</summary>
    public void AddListed(ulong path, in FileNode node) => Add(_listed, path, node);

    /// <summary>Somebody may change its content from now on.</summary>
    public void Unsettle(ulong path)
    {
        _listed.Remove(path);
        if (_files.TryGetValue(path, out SeenFile file))
        {
            _files[path] = file with { IsSettled = false };
        }
    }

    /// <summary>Whether it is there is not known.</summary>
    public void Forget(ulong path)
    {
        _missing.Remove(path);
        _files.Remove(path);
        _listed.Remove(path);
    }

    /// <summary>Any of them may be gone, or made.</summary>
    public void Clear()
    {
        _missing.Clear();
        _files.Clear();
        _listed.Clear();
    }

    private static void Add(Dictionary<ulong, SeenFile> files, ulong path, in FileNode node)
    {
        if (files.Count >= Limit)
        {
            files.Clear();
        }

        files[path] = SeenFile.Of(node);
    }
}
