using System;
using System.Collections.Generic;

namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>
/// Buffers of a few sizes, for what a connection has to keep between two turns. A connection that keeps nothing has none.
/// </summary>
internal sealed class BufferPool
{
    // Enough for a busy server, little enough to be forgotten: what is given back beyond it is left to the collector.
    private const int KeptPerSize = 64;

    private static readonly int[] s_sizes = [512, 2048, 8192, Workspace.InputBytes];

    private readonly Stack<byte[]>[] _free = [new(), new(), new(), new()];

    /// <summary>Bytes that are lent.</summary>
    public long LentBytes { get; private set; }

    /// <summary>Lends a buffer with a copy of the bytes.</summary>
    public byte[] Keep(ReadOnlySpan<byte> bytes)
    {
        int size = 0;
        while (s_sizes[size] < bytes.Length)
        {
            size++;
        }

        byte[] buffer = _free[size].TryPop(out byte[]? free) ? free : new byte[s_sizes[size]];
        LentBytes += buffer.Length;
        bytes.CopyTo(buffer);
        return buffer;
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(byte[] buffer)
    {
        LentBytes -= buffer.Length;
        Stack<byte[]> free = _free[Array.IndexOf(s_sizes, buffer.Length)];
        if (free.Count < KeptPerSize)
        {
            free.Push(buffer);
        }
    }
}
