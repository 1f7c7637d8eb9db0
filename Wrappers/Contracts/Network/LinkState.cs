namespace NooksOS.Contracts;

/// <summary>State of the physical link.</summary>
/// <param name="IsUp">Whether frames can pass.</param>
/// <param name="FullDuplex">Whether both directions work at once.</param>
/// <param name="MegabitsPerSecond">Speed, or zero if unknown.</param>
public readonly record struct LinkState(bool IsUp, bool FullDuplex, uint MegabitsPerSecond);
