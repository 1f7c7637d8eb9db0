using System.Collections.Generic;

namespace NooksOS.Recovery.Shadows;

/// <summary>Interrupt lines that have asked for their drivers, and stay masked until these were asked. The owner guards it.</summary>
internal sealed class MaskedLines
{
    private readonly List<(uint DomainId, IMaskedLine Line)> _lines = [];

    /// <summary>A line has asked for its driver.</summary>
    public void Add(uint domainId, IMaskedLine line)
    {
        if (!_lines.Contains((domainId, line)))
        {
            _lines.Add((domainId, line));
        }
    }

    /// <summary>Whether a line has asked for this driver.</summary>
    public bool Has(uint domainId) => _lines.Exists(entry => entry.DomainId == domainId);

    /// <summary>Takes the lines of a driver out, because it is being asked. False if there is none.</summary>
    public bool TryTake(uint domainId, List<IMaskedLine> taken)
    {
        int before = taken.Count;
        for (int index = _lines.Count - 1; index >= 0; index--)
        {
            if (_lines[index].DomainId == domainId)
            {
                taken.Add(_lines[index].Line);
                _lines.RemoveAt(index);
            }
        }

        return taken.Count != before;
    }

    /// <summary>The driver is dead: its lines stay masked.</summary>
    public void Forget(uint domainId) => _lines.RemoveAll(entry => entry.DomainId == domainId);
}
