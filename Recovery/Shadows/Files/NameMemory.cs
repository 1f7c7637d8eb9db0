using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// What answers have told of names, and what therefore cannot be said of them before somebody changes them. Everything that changes names
/// comes by here. Whoever makes the calls guards it.
/// </summary>
internal sealed class NameMemory(OpenNodes nodes)
{
    private readonly SeenPaths _seen = new();

    /// <summary>How directories were listed.</summary>
    public SeenListings Listings { get; } = new();

    /// <summary>Takes note of which instance answers.</summary>
    public void Synchronize(uint instances) => _seen.Synchronize(instances);

    /// <summary>What is known of what has a path.</summary>
    public PathKnowledge OfOld(ReadOnlySpan<char> path)
    {
        SeenFile? seen = _seen.Find(PathHash.Of(path));
        return new PathKnowledge(seen is not null, IsNotThere: false, HasGoodName: false, seen);
    }

    /// <summary>What is known of a path that is to be given to something.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isNotThere">Whether nothing had it a moment ago.</param>
    public PathKnowledge OfNew(ReadOnlySpan<char> path, bool isNotThere) => new(
        _seen.Has(PathHash.OfParent(path)), isNotThere || _seen.IsMissing(PathHash.Of(path)), FileNameRule.Allows(NameOf(path)));

    /// <summary>An answer tells of a path. By its own name only: a short name that was made up is gone with what had it.</summary>
    public void Note(ReadOnlySpan<char> path, in FileReply reply)
    {
        if (reply.Status == FileStatus.Ok && reply.Count == 1)
        {
            ulong number = PathHash.Of(path);
            _seen.Add(number, reply.Node);
            if (nodes.Find(reply.Node.EntryPosition) is not null)
            {
                _seen.Unsettle(number);
            }
        }
        else if (reply.Status == FileStatus.NotFound)
        {
            NoteMissing(path);
        }
    }

    /// <summary>A directory lists something.</summary>
    public void NoteListed(ulong directory, ReadOnlySpan<char> name, in FileNode node)
    {
        // Other systems may have given names that no path can have.
        if (nodes.Find(node.EntryPosition) is null && FileNameRule.Allows(name))
        {
            _seen.AddListed(PathHash.OfChild(directory, name), node);
        }
    }

    /// <summary>Nothing has a path. Of one that could be made up for something else nobody knows.</summary>
    public void NoteMissing(ReadOnlySpan<char> path)
    {
        ulong number = PathHash.Of(path);
        _seen.Forget(number);
        if (!NameOf(path).Contains('~'))
        {
            _seen.AddMissing(number);
        }
    }

    /// <summary>A file is opened whose content may be changed then.</summary>
    public void NoteWriter(ReadOnlySpan<char> path, bool isOwnPath)
    {
        if (isOwnPath)
        {
            _seen.Unsettle(PathHash.Of(path));
        }
        else
        {
            _seen.Clear();
        }
    }

    /// <summary>What has this path, and the directory that it is in, are others from now on.</summary>
    public void NoteChange(ReadOnlySpan<char> path, bool isOwnPath)
    {
        if (isOwnPath)
        {
            ulong number = PathHash.Of(path);
            _seen.Forget(number);
            Listings.Forget(number);
            Listings.Forget(PathHash.OfParent(path));
        }
        else
        {
            _seen.Clear();
            Listings.Clear();
        }
    }

    /// <summary>Anything may be elsewhere.</summary>
    public void Clear()
    {
        _seen.Clear();
        Listings.Clear();
        foreach (OpenNode open in nodes.Copy())
        {
            open.Path = null;
        }
    }

    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> path)
    {
        path = path.TrimEnd('/');
        return path[(path.LastIndexOf('/') + 1)..];
    }
}
