using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Judges what answers say of the file that was asked about: it is what it was, but for what was asked for.</summary>
internal static class ToldNode
{
    /// <summary>Makes an answer that cannot be into none at all.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="file">The file before.</param>
    /// <param name="lengthBytes">Its length afterwards.</param>
    /// <param name="mayMove">Whether its content may begin elsewhere.</param>
    public static CallResult<FileReply> Judge(CallResult<FileReply> result, in FileNode file, uint lengthBytes, bool mayMove = false)
    {
        bool isPossible = !result.TryGet(out FileReply reply)
            || (reply.Status == FileStatus.Ok ? IsPossible(file, reply.Node, lengthBytes, mayMove) : reply.Status != FileStatus.Unfinished);
        return isPossible ? result : CallResult<FileReply>.Ok(default);
    }

    /// <summary>
    /// Makes an answer that asks for a copy into none at all where there is nothing to copy: it is a directory, whose content is no file's; or
    /// the chain of the file is not linked, and the copy would be asked for again, for ever.
    /// </summary>
    /// <param name="result">The answer.</param>
    /// <param name="file">What would be copied.</param>
    /// <param name="mayCopy">Whether that may be the answer to this call at all.</param>
    public static CallResult<FileReply> JudgeCopy(CallResult<FileReply> result, in FileNode file, bool mayCopy = true)
        => result.TryGet(out FileReply reply) && reply.Status == FileStatus.MustCopy
            && (!mayCopy || file.IsDirectory || file.FirstCluster == 0 || file.FirstCluster != file.LinkedCluster)
            ? CallResult<FileReply>.Ok(default)
            : result;

    /// <summary>The file of a call that is made now; the next instance, if it is made again, is told of it as <see cref="ForNextInstance"/> says.</summary>
    public static FileNode Take(ref FileNode file)
    {
        FileNode told = file;
        file = ForNextInstance(told);
        return told;
    }

    /// <summary>
    /// A file as it is told to the file system again: which place an instance that has died since had found in its chain counts no more.
    /// </summary>
    public static FileNode ForNextInstance(in FileNode file) => file with { CursorIndex = 0, CursorCluster = 0 };

    private static bool IsPossible(in FileNode before, in FileNode after, uint lengthBytes, bool mayMove)
    {
        bool isLinkedAsBefore = (after.LinkedCluster, after.LinkedLengthBytes) == (before.LinkedCluster, before.LinkedLengthBytes);
        return after.EntryPosition == before.EntryPosition
            && after.IsDirectory == before.IsDirectory
            && after.LengthBytes == lengthBytes
            && (mayMove || after.FirstCluster == before.FirstCluster)
            && (isLinkedAsBefore || !after.IsPending);
    }
}
