using System.Collections.Generic;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>A line that writes down when it was unmasked, and with which count of work.</summary>
internal sealed class FakeLine : IMaskedLine
{
    public List<ulong> Releases { get; } = [];

    public bool IsShared { get; set; }

    public void Release(ulong work) => Releases.Add(work);
}
