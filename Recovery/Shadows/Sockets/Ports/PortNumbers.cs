using System.Collections.Generic;

namespace NooksOS.Recovery.Shadows;

/// <summary>Which ports of one protocol are taken, and the next free one for whoever does not care. The shadow guards it.</summary>
internal sealed class PortNumbers
{
    // The dynamic ports of RFC 6335, section 6.
    private const ushort FirstEphemeral = 49152;
    private const int EphemeralCount = 65536 - FirstEphemeral;

    private readonly HashSet<ushort> _taken = [];
    private int _next;

    public PortNumbers(uint seed) => _next = (int)(seed % EphemeralCount);

    public bool TryTake(ushort port) => _taken.Add(port);

    public void Return(ushort port) => _taken.Remove(port);

    /// <summary>Takes a free port. Zero if there is none.</summary>
    public ushort TakeAny()
    {
        // Onwards from the last one, so that a port rests as long as possible: the peer may remember its last connection.
        for (int attempt = 0; attempt < EphemeralCount; attempt++)
        {
            ushort port = (ushort)(FirstEphemeral + _next);
            _next = (_next + 1) % EphemeralCount;
            if (_taken.Add(port))
            {
                return port;
            }
        }

        return 0;
    }
}
