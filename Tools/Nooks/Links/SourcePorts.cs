using System.Threading;

namespace NooksOS.Tool.Links;

/// <summary>
/// Ports to connect from, in one long sequence. QEMU's user network shows the guest the port that a client of the host has: one that comes
/// again while the guest still holds the old connection is answered by a challenge (RFC 5961 §4), and that network says its request again
/// only after more than five seconds. The host itself may choose the same port again soon.
/// </summary>
/// <param name="first">The first port.</param>
/// <param name="count">How many follow each other before the first one comes again.</param>
public sealed class SourcePorts(int first, int count)
{
    // Below are ports of services; above, Linux chooses ports for others, among them those that are found for listeners.
    private const int FirstPort = 10_000;
    private const int PortCount = 22_000;

    private uint _taken;

    /// <summary>The sequence that all clients of this process share.</summary>
    public static SourcePorts Shared { get; } = new(FirstPort, PortCount);

    /// <summary>The next port of the sequence. Somebody else may have it.</summary>
    public int Next() => first + (int)((Interlocked.Increment(ref _taken) - 1) % (uint)count);
}
