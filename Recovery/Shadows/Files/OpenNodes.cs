using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Files that are open, by their identity. A fresh instance asks for some of it while a call waits for it to come up.</summary>
internal sealed class OpenNodes
{
    private const int Limit = FileLimits.OpenChains / 2;

    private readonly Lock _sync = new();
    private readonly Dictionary<ulong, OpenNode> _nodes = [];

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_sync)
            {
                return _nodes.Count;
            }
        }
    }

    /// <summary>Whether there is content that nothing on the medium points at.</summary>
    public bool HasOpenChains
    {
        get
        {
            Span<uint> one = stackalloc uint[1];
            return CopyOpenChains(one) != 0;
        }
    }

    /// <summary>How often the volume was, or may have been, put to rest. Whoever makes the calls guards it.</summary>
    public ulong Rests { get; set; }

    /// <summary>All of them.</summary>
    public OpenNode[] Copy()
    {
        lock (_sync)
        {
            return [.. _nodes.Values];
        }
    }

    /// <summary>The open file at a place, or null.</summary>
    public OpenNode? Find(ulong entryPosition)
    {
        lock (_sync)
        {
            return _nodes.GetValueOrDefault(entryPosition);
        }
    }

    /// <summary>
    /// One more has a file open, which is the one given unless somebody has it open already. Null if there are too many.
    /// </summary>
    public OpenNode? Enter(OpenNode closed)
    {
        lock (_sync)
        {
            if (!_nodes.TryGetValue(closed.Node.EntryPosition, out OpenNode? open))
            {
                if (_nodes.Count == Limit)
                {
                    return null;
                }

                open = closed;
                _nodes.Add(open.Node.EntryPosition, open);
            }

            open.Users++;
            return open;
        }
    }

    /// <summary>One has it open no more. The last one to leave has linked it before.</summary>
    public void Leave(OpenNode open)
    {
        lock (_sync)
        {
            if (--open.Users == 0)
            {
                _nodes.Remove(open.Node.EntryPosition);
            }
        }
    }

    /// <summary>Takes a file as it is after a call.</summary>
    public void Update(OpenNode open, FileNode node)
    {
        lock (_sync)
        {
            open.Node = node;
        }
    }

    /// <summary>What is known of places in a file counts no more.</summary>
    public void ForgetPlaces(OpenNode open)
    {
        lock (_sync)
        {
            open.ForgetPlaces();
        }
    }

    /// <summary>Takes the copy of a file that is being made, or forgets it.</summary>
    public void SetCopy(OpenNode open, OpenNode? copy)
    {
        lock (_sync)
        {
            open.Copy = copy;
        }
    }

    /// <summary>The copy of a file is complete and takes its place.</summary>
    public void AdoptCopy(OpenNode open)
    {
        lock (_sync)
        {
            open.BecomeCopy();
        }
    }

    /// <summary>Where content begins that nothing on the medium points at. Returns how many there are, as far as there is room.</summary>
    public uint CopyOpenChains(Span<uint> chains)
    {
        uint count = 0;
        lock (_sync)
        {
            foreach (OpenNode open in _nodes.Values)
            {
                count = Add(chains, count, open.Node);
                count = open.Copy is { } copy ? Add(chains, count, copy.Node) : count;
            }
        }

        return count;
    }

    private static uint Add(Span<uint> chains, uint count, FileNode node)
    {
        if (node.FirstCluster != node.LinkedCluster && node.FirstCluster != 0 && count < (uint)chains.Length)
        {
            chains[(int)count++] = node.FirstCluster;
        }

        return count;
    }
}
