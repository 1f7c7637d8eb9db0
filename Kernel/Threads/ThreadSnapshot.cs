namespace NooksOS.Kernel.Threads;

/// <summary>What a thread was like at one moment.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">What it was doing.</param>
/// <param name="Priority">The priority in force.</param>
/// <param name="Ticks">Timer ticks during which it ran.</param>
/// <param name="Switches">How often it got the processor.</param>
/// <param name="IsInDomain">Whether it was inside a domain, by a call.</param>
/// <param name="IsCurrent">Whether it is the one that asked.</param>
public sealed record ThreadSnapshot(
    ulong Id, string Name, ThreadState State, ThreadPriority Priority, ulong Ticks, ulong Switches, bool IsInDomain, bool IsCurrent);
