using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Judges answers that tell where content is: the kernel reads and writes there.</summary>
internal static class ToldRuns
{
    /// <summary>Makes an answer that cannot be into none at all.</summary>
    public static CallResult<FileReply> Judge(
        CallResult<FileReply> result, ReadOnlySpan<FileRun> runs, uint offset, ulong volumeBytes)
    {
        bool isTold = result.TryGet(out FileReply reply) && reply.Status == FileStatus.Ok;
        bool isPossible = !isTold
            || (reply.Count <= (uint)runs.Length && FileMap.ArePossible(runs[..(int)reply.Count], offset, volumeBytes));
        return isPossible ? result : CallResult<FileReply>.Ok(default);
    }
}
