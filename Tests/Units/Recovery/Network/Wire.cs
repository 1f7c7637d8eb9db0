using System.Collections.Generic;

namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>What left the machine.</summary>
internal sealed class Wire
{
    public List<byte[]> Sent { get; } = [];
}
