using NooksOS.Contracts;

namespace NooksOS.ObjectTracker;

/// <summary>What tables by kind are made from.</summary>
internal static class TrackedKinds
{
    /// <summary>How many kinds there are, <see cref="TrackedKind.None"/> included: one more than the last.</summary>
    public const int Count = (int)TrackedKind.File + 1;
}
