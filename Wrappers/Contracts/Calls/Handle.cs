namespace NooksOS.Contracts;

/// <summary>
/// Names an object that the kernel tracks for a domain. A stale handle does not resolve: the generation differs.
/// </summary>
/// <typeparam name="T">The kind of object, one of the marker types of <see cref="TrackedObjects"/>.</typeparam>
/// <param name="Slot">Index into the domain's table.</param>
/// <param name="Generation">How often the slot had been used when the handle was made. Zero is never valid.</param>
public readonly record struct Handle<T>(uint Slot, uint Generation)
    where T : ITrackedKind
{
    /// <summary>Whether this is the handle that names nothing.</summary>
    public bool IsNone => Generation == 0;
}
