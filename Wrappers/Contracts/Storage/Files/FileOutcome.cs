namespace NooksOS.Contracts;

/// <summary>How a call about a file ended.</summary>
/// <param name="Status">Why, if not well.</param>
/// <param name="Count">Bytes read or written, characters of a name or label.</param>
/// <param name="Flags">Attributes.</param>
/// <param name="Position">Where the next read or write begins.</param>
/// <param name="LengthBytes">The length of the file.</param>
/// <param name="CreatedTicks">When it was made, in UTC ticks of 100 ns.</param>
/// <param name="ModifiedTicks">When it was written last, in UTC ticks of 100 ns.</param>
public readonly record struct FileOutcome(
    FileStatus Status, uint Count, FileFlags Flags, ulong Position, ulong LengthBytes, long CreatedTicks, long ModifiedTicks);
