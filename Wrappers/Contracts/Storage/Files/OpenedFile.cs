namespace NooksOS.Contracts;

/// <summary>A file that was opened, or why it was not.</summary>
/// <param name="Status">Why not; only if it is <see cref="FileStatus.Ok"/> there is a handle.</param>
/// <param name="File">Names it in later calls.</param>
/// <param name="LengthBytes">Its length.</param>
public readonly record struct OpenedFile(FileStatus Status, Handle<TrackedObjects.File> File, ulong LengthBytes);
