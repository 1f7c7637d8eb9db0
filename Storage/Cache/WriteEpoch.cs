using System.Collections.Generic;

namespace NooksOS.Storage;

/// <summary>
/// The writes between two points of the order: they reach the disk in any order among themselves, and none before all of the
/// epoch before are there. The cache guards it.
/// </summary>
internal sealed class WriteEpoch(ulong number)
{
    /// <summary>Its number; later ones have greater numbers.</summary>
    public ulong Number => number;

    /// <summary>Versions that are not to be written yet: they may still change.</summary>
    public List<PageVersion> Waiting { get; } = [];

    /// <summary>Versions to be written, by page as far as they came together.</summary>
    public Queue<PageVersion> Due { get; } = new();

    /// <summary>Whether there ever was a version in it.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Versions of either kind, and those that are being written.</summary>
    public int Unwritten { get; set; }

    /// <summary>Lets everything be written that there is so far.</summary>
    public void MakeDue()
    {
        Waiting.Sort(static (left, right) => left.Page.Index.CompareTo(right.Page.Index));
        foreach (PageVersion version in Waiting)
        {
            Due.Enqueue(version);
        }

        Waiting.Clear();
    }
}
