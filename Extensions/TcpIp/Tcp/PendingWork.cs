using System;
using System.Diagnostics.CodeAnalysis;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// What is left to do at the end of a call: connections that may have something to send, and blocks that the kernel is to be told of.
/// Each is there once, however often it is named, so that a batch of segments costs a connection one acknowledgment and one signal.
/// </summary>
internal sealed class PendingWork(uint blockLimit)
{
    private readonly Connection[] _toSend = new Connection[blockLimit];
    private readonly uint[] _signals = new uint[blockLimit];
    private readonly Connection[] _signalled = new Connection[blockLimit];
    private int _firstToSend;
    private int _toSendCount;
    private int _signalCount;

    /// <summary>Whether a connection may have something to send.</summary>
    public bool HasOutput => _toSendCount != 0;

    /// <summary>The connection may have something to send.</summary>
    public void Send(Connection connection)
    {
        if (!connection.IsQueued)
        {
            connection.IsQueued = true;
            _toSend[(_firstToSend + _toSendCount++) % _toSend.Length] = connection;
        }
    }

    /// <summary>The block has news for the kernel.</summary>
    public void Signal(Connection connection)
    {
        if (!connection.IsSignalled)
        {
            connection.IsSignalled = true;
            _signalled[_signalCount] = connection;
            _signals[_signalCount++] = connection.Block;
        }
    }

    /// <summary>Takes the connection that has waited longest.</summary>
    public bool TryTakeToSend([NotNullWhen(true)] out Connection? connection)
    {
        connection = null;
        if (_toSendCount == 0)
        {
            return false;
        }

        connection = _toSend[_firstToSend];
        _firstToSend = (_firstToSend + 1) % _toSend.Length;
        _toSendCount--;
        connection.IsQueued = false;
        return true;
    }

    /// <summary>Takes some of the blocks with news, the newest first. Returns how many.</summary>
    public int TakeSignals(Span<uint> blocks)
    {
        int count = Math.Min(blocks.Length, _signalCount);
        _signalCount -= count;
        _signals.AsSpan(_signalCount, count).CopyTo(blocks);
        foreach (Connection connection in _signalled.AsSpan(_signalCount, count))
        {
            connection.IsSignalled = false;
        }

        return count;
    }
}
