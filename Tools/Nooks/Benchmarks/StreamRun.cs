using System;

namespace NooksOS.Tool.Benchmarks;

/// <summary>One stream over TCP that was measured.</summary>
/// <param name="Bytes">How much it carried.</param>
/// <param name="MegabitsPerSecond">How fast.</param>
/// <param name="Counted">What the guest counted meanwhile.</param>
/// <param name="ProcessorTime">Time of the host's processors that the machine took for it.</param>
public sealed record StreamRun(long Bytes, double MegabitsPerSecond, NetworkCounters Counted, TimeSpan ProcessorTime);
