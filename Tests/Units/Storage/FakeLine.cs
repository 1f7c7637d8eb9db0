using System.Collections.Generic;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Tests.Units.Storage;

/// <summary>The interrupt line of a disk.</summary>
internal sealed class FakeLine : IMaskedLine
{
    /// <summary>The work that was told each time that it was unmasked.</summary>
    public List<ulong> Releases { get; } = [];

    public bool IsShared { get; init; }

    public void Release(ulong work) => Releases.Add(work);
}
