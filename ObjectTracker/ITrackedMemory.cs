using System;

namespace NooksOS.ObjectTracker;

/// <summary>An object that is memory, which its domain and a device of its domain have written to.</summary>
public interface ITrackedMemory
{
    /// <summary>What is in it. Valid until the object is released; nobody vouches for it.</summary>
    ReadOnlySpan<byte> Content { get; }
}
