using NooksOS.Contracts;

namespace NooksOS.ObjectTracker;

/// <summary>What is true of objects by their kind.</summary>
internal static class TrackedKinds
{
    /// <summary>How many kinds there are, <see cref="TrackedKind.None"/> included: one more than the last.</summary>
    public const int Count = (int)TrackedKind.File + 1;

    /// <summary>Whether a domain may give objects of a kind back by naming them alone: hardware, timers and locks.</summary>
    public static bool AreGivenBack(TrackedKind kind) => kind is TrackedKind.Device
        or TrackedKind.InterruptLine
        or TrackedKind.PortRange
        or TrackedKind.RegisterWindow
        or TrackedKind.DmaBuffer
        or TrackedKind.DmaChannel
        or TrackedKind.Timer
        or TrackedKind.Lock;
}
