using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>The files that one owner has open. Others must be able to open some as well, so it may have half of those that can be open.</summary>
internal sealed class OwnFiles
{
    /// <summary>How many different files an owner may have open.</summary>
    public const int Limit = FileLimits.OpenChains / 4;

    private readonly Lock _sync = new();
    private readonly Dictionary<OpenNode, int> _uses = [];

    /// <summary>Whether it may open another one.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_sync)
            {
                return _uses.Count < Limit;
            }
        }
    }

    /// <summary>It has opened a file, perhaps not for the first time.</summary>
    public void Add(OpenNode node)
    {
        lock (_sync)
        {
            _uses[node] = _uses.GetValueOrDefault(node) + 1;
        }
    }

    /// <summary>It has closed a file that it had opened.</summary>
    public void Remove(OpenNode node)
    {
        lock (_sync)
        {
            int left = _uses.GetValueOrDefault(node) - 1;
            if (left > 0)
            {
                _uses[node] = left;
            }
            else
            {
                _uses.Remove(node);
            }
        }
    }
}
