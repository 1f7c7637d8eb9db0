using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// What directories were listed as while nobody has changed them: each later listing has to be the same, whichever instance gives it.
/// Whoever makes the calls guards it.
/// </summary>
internal sealed class SeenListings
{
    private const int Limit = 64;
    private const int EntryLimit = 256;
    private const ulong NothingMore = 0;

    private readonly Dictionary<ulong, Dictionary<uint, ulong>> _directories = [];

    /// <summary>
    /// Whether an answer says what was said before of a place in a directory. One that contradicts is not taken, and what was said before
    /// is forgotten: which of the two was right the next answer tells.
    /// </summary>
    /// <param name="directory">The directory by its path.</param>
    /// <param name="position">The place.</param>
    /// <param name="reply">The answer, which tells of an entry or of the end.</param>
    /// <param name="name">The name of the entry.</param>
    public bool Agrees(ulong directory, uint position, in FileReply reply, ReadOnlySpan<char> name)
    {
        ulong entry = reply.Count == 0
            ? NothingMore
            : PathHash.OfChild(reply.Node.EntryPosition + reply.NextPosition + (reply.Node.IsDirectory ? 1u : 0), name);
        if (!_directories.TryGetValue(directory, out Dictionary<uint, ulong>? entries))
        {
            if (_directories.Count >= Limit)
            {
                _directories.Clear();
            }

            entries = [];
            _directories.Add(directory, entries);
        }

        if (entries.TryGetValue(position, out ulong before))
        {
            if (before != entry)
            {
                _directories.Remove(directory);
            }

            return before == entry;
        }

        if (entries.Count < EntryLimit)
        {
            entries.Add(position, entry);
        }

        return true;
    }

    /// <summary>A directory may be another one now.</summary>
    public void Forget(ulong directory) => _directories.Remove(directory);

    /// <summary>Any of them may be.</summary>
    public void Clear() => _directories.Clear();
}
