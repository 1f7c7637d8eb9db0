namespace NooksOS.Contracts;

/// <summary>A kind of kernel object that a domain can hold through the object tracker.</summary>
public interface ITrackedKind
{
    /// <summary>The kind as stored in the handle table.</summary>
    static abstract TrackedKind Kind { get; }
}
