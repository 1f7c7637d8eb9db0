using System;
using NooksOS.Contracts;

namespace NooksOS.ObjectTracker;

/// <summary>What is true of objects by their kind.</summary>
internal static class TrackedKinds
{
    /// <summary>How many kinds there are, <see cref="TrackedKind.None"/> included: one more than the last.</summary>
    public const int Count = (int)TrackedKind.File + 1;

    /// <summary>What a domain is registered as that drives a device.</summary>
    public static ReadOnlySpan<TrackedKind> RegistrationsOfDrivers
        => [TrackedKind.NetworkDevice, TrackedKind.BlockDevice, TrackedKind.SoundDevice];

    /// <summary>Whether such a registration stands on objects of a kind: the device, and what the kernel itself stops it by.</summary>
    public static bool AreDrivenThrough(TrackedKind kind)
        => kind is TrackedKind.Device or TrackedKind.PortRange or TrackedKind.DmaChannel;

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
