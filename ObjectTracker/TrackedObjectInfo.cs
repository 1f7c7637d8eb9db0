using NooksOS.Contracts;

namespace NooksOS.ObjectTracker;

/// <summary>One tracked object as the <c>objects</c> command shows it.</summary>
public readonly record struct TrackedObjectInfo(
    TrackedKind Kind, uint Slot, uint Generation, ulong SizeBytes, ulong Order, string Description);
