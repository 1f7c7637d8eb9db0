namespace NooksOS.Recovery.Shadows;

/// <summary>Frames that have passed a device, since boot.</summary>
/// <param name="Heard">Those that its driver brought.</param>
/// <param name="Sent">Those that the stack gave it.</param>
internal readonly record struct NeighborTraffic(ulong Heard, ulong Sent);
