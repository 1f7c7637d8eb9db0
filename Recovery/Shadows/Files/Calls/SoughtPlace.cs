using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>How far a file system has come that looks for a place in a long chain, over as many calls as that takes.</summary>
internal struct SoughtPlace
{
    private uint _index;
    private bool _isSought;

    /// <summary>A call by which a place is looked for.</summary>
    public interface ICall
    {
        /// <summary>Makes it once.</summary>
        /// <param name="fileSystem">The file system.</param>
        /// <param name="file">The file, as it was told or as it was after the last time.</param>
        CallResult<FileReply> Ask(IFileSystem fileSystem, FileNode file);
    }

    /// <summary>Makes a call as often as it takes.</summary>
    /// <typeparam name="TCall">What it is.</typeparam>
    /// <param name="fileSystem">The file system.</param>
    /// <param name="call">The call.</param>
    /// <param name="file">The file; afterwards as the last time it was told.</param>
    public static CallResult<FileReply> Ask<TCall>(IFileSystem fileSystem, scoped ref TCall call, ref FileNode file)
        where TCall : ICall, allows ref struct
    {
        SoughtPlace sought = default;
        CallResult<FileReply> result;
        do
        {
            result = call.Ask(fileSystem, file);
        }
        while (sought.GoesOn(result, ref file));
        return result;
    }

    /// <summary>
    /// Whether the same call is to be made again, with the file as it is afterwards. Not for ever: it may begin to look anew once, where it has
    /// gone too far, and each further time more of the chain must be known, which is not longer than the file.
    /// </summary>
    /// <param name="result">The answer.</param>
    /// <param name="file">The file that the file system was told.</param>
    private bool GoesOn(CallResult<FileReply> result, ref FileNode file)
    {
        if (!result.TryGet(out FileReply reply) || reply.Status != FileStatus.Unfinished)
        {
            return false;
        }

        FileNode after = reply.Node;
        bool isSame = after == file with { CursorIndex = after.CursorIndex, CursorCluster = after.CursorCluster };
        bool isNearer = after.CursorCluster != 0 && after.CursorIndex < after.LengthBytes && (!_isSought || after.CursorIndex > _index);
        if (!isSame || !isNearer)
        {
            return false;
        }

        _isSought = true;
        _index = after.CursorIndex;
        file = after;
        return true;
    }
}
