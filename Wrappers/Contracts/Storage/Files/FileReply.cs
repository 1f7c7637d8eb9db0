namespace NooksOS.Contracts;

/// <summary>What a call of a file system gives back.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Count">Bytes that were read or written, characters of a name, or the like.</param>
/// <param name="ReleasedChain">A chain that no file uses any more and that is still to be released; zero if there is none.</param>
/// <param name="NextPosition">In a directory: where the next entry is.</param>
/// <param name="Node">The file as it is now.</param>
public readonly record struct FileReply(FileStatus Status, uint Count, uint ReleasedChain, uint NextPosition, FileNode Node);
