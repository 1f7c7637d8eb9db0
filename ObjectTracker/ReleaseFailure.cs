using NooksOS.Contracts;

namespace NooksOS.ObjectTracker;

/// <summary>An object that could not be taken back.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Slot">Where it was in the table.</param>
/// <param name="Description">Its own description.</param>
/// <param name="Reason">What its release routine said.</param>
public readonly record struct ReleaseFailure(TrackedKind Kind, uint Slot, string Description, string Reason);
