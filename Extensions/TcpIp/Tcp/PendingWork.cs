using System;
using System.Diagnostics.CodeAnalysis;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// What is left to do at the end of a call: connections that may have something to send, and blocks that the kernel is to be told of.
/// Each is there once, however often it is named, so that a batch of segments costs a connection one acknowledgment and one signal.
/// </summary>
internal sealed class PendingWork
{
    private Connection? _firstToSend;
    private Connection? _lastToSend;
    private Connection? _firstToSignal;

    /// <summary>Whether a connection may have something to send.</summary>
    public bool HasOutput => _firstToSend is not null;

    /// <summary>Whether a block has news for the kernel.</summary>
    public bool HasSignals => _firstToSignal is not null;

    /// <summary>The connection may have something to send.</summary>
    public void Send(Connection connection)
    {
        if (connection.IsQueued)
        {
            return;
        }

        connection.IsQueued = true;
        connection.NextToSend = null;
        if (_lastToSend is null)
        {
            _firstToSend = connection;
        }
        else
        {
            _lastToSend.NextToSend = connection;
        }

        _lastToSend = connection;
    }

    /// <summary>The block has news for the kernel.</summary>
    public void Signal(Connection connection)
    {
        if (!connection.IsSignalled)
        {
            connection.IsSignalled = true;
            connection.NextToSignal = _firstToSignal;
            _firstToSignal = connection;
        }
    }

    /// <summary>Takes the connection that has waited longest.</summary>
    public bool TryTakeToSend([NotNullWhen(true)] out Connection? connection)
    {
        connection = _firstToSend;
        if (connection is null)
        {
            return false;
        }

        _firstToSend = connection.NextToSend;
        _lastToSend = _firstToSend is null ? null : _lastToSend;
        connection.IsQueued = false;
        return true;
    }

    /// <summary>Takes some of the blocks with news, the newest first. Returns how many.</summary>
    public int TakeSignals(Span<uint> blocks)
    {
        int count = 0;
        while (count < blocks.Length && _firstToSignal is { } connection)
        {
            blocks[count++] = connection.Block;
            connection.IsSignalled = false;
            _firstToSignal = connection.NextToSignal;
        }

        return count;
    }
}
