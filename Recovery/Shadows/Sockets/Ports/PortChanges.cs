using System.Collections.Generic;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Ports of which the stack is to be told again: each once, however often it changes while nobody is there to be told. The shadow guards it.
/// </summary>
internal sealed class PortChanges
{
    private readonly Queue<ushort> _changed = [];
    private readonly HashSet<ushort> _waiting = [];
    private readonly HashSet<ushort> _told = [];

    /// <summary>A port was opened, closed, or is to be used otherwise.</summary>
    public void Add(ushort port)
    {
        if (_waiting.Add(port))
        {
            _changed.Enqueue(port);
        }
    }

    /// <summary>A fresh instance has to be told of these ports, and was not told of any.</summary>
    public void Restart(IEnumerable<ushort> ports)
    {
        _told.Clear();
        _changed.Clear();
        _waiting.Clear();
        foreach (ushort port in ports)
        {
            Add(port);
        }
    }

    public bool TryTake(out ushort port)
    {
        bool isThere = _changed.TryDequeue(out port);
        _waiting.Remove(port);
        return isThere;
    }

    /// <summary>Notes what the stack is being told. False if there is nothing to tell: it does not know of a closed port.</summary>
    public bool Tell(ushort port, bool isOpen)
    {
        if (!isOpen)
        {
            return _told.Remove(port);
        }

        _told.Add(port);
        return true;
    }
}
