using System;
using NooksOS.Contracts;

namespace NooksOS.ObjectTracker;

/// <summary>
/// A kernel object that a domain holds. The owner of the object derives from this and says how it is taken back.
/// An object belongs to at most one <see cref="HandleTable"/>, once.
/// </summary>
public abstract class TrackedObject
{
    /// <param name="kind">What it is.</param>
    /// <param name="sizeBytes">Memory that it stands for, charged to the domain's quota; zero for none.</param>
    protected TrackedObject(TrackedKind kind, ulong sizeBytes = 0)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)kind, (int)TrackedKind.None);
        Kind = kind;
        SizeBytes = sizeBytes;
    }

    /// <summary>What it is.</summary>
    public TrackedKind Kind { get; }

    /// <summary>Memory that it stands for.</summary>
    public ulong SizeBytes { get; }

    /// <summary>Where it is in its domain's table.</summary>
    public uint Slot { get; internal set; }

    /// <summary>The generation that a handle must carry to name it. Zero until it is in a table.</summary>
    public uint Generation { get; internal set; }

    /// <summary>The domain that holds it.</summary>
    public uint DomainId { get; internal set; }

    /// <summary>Counts the objects of the table: a newer object has a higher number.</summary>
    public ulong Order { get; internal set; }

    /// <summary>One line for the <c>objects</c> command, such as <c>line 11</c>.</summary>
    public virtual string Description => string.Empty;

    /// <summary>The object that this one is a part of, such as the device of a register window.</summary>
    internal TrackedObject? Whole { get; set; }

    /// <summary>How many objects are parts of this one.</summary>
    internal uint Parts { get; set; }

    /// <summary>Whether the domain has given it back, and it stays.</summary>
    internal bool IsGivenBack { get; set; }

    /// <summary>Whether some of its parts may be such.</summary>
    internal bool KeepsParts { get; set; }

    internal TrackedObject? Older { get; set; }

    internal TrackedObject? Newer { get; set; }

    /// <summary>
    /// Whether it stays until what it is a part of is given back as well: a device may still write to memory that its driver has no use for.
    /// </summary>
    protected internal virtual bool StaysWithItsWhole => false;

    /// <summary>
    /// Makes the object unable to disturb anybody while it still exists: an interrupt line is masked, a device is kept from
    /// the bus. Called before anything of a dead domain is released, and may be called twice.
    /// </summary>
    protected virtual bool Quiesce() => true;

    /// <summary>Takes the object back for good. False if that was not possible, which counts as a leak.</summary>
    protected abstract bool Release();

    internal bool TryQuiesce(out string? failure)
    {
        try
        {
            failure = Quiesce() ? null : "could not be silenced";
        }
        catch (Exception exception)
        {
            // A broken routine must not keep the others from running.
            failure = exception.Message;
        }

        return failure is null;
    }

    internal bool TryRelease(out string? failure)
    {
        try
        {
            failure = Release() ? null : "could not be released";
        }
        catch (Exception exception)
        {
            // A broken routine must not keep the others from running.
            failure = exception.Message;
        }

        return failure is null;
    }
}
