using System;
using System.Collections.Generic;
using System.Text;
using NooksOS.Extensions.KHttpd.Transport;

namespace NooksOS.Tests.Units.KHttpd.Harness;

/// <summary>A connection without a network: the client's end for the test, the server's for <see cref="MemoryTransport"/>.</summary>
internal sealed class MemoryConnection(MemoryTransport transport, ConnectionId id, uint peer)
{
    private readonly Queue<byte[]> _toServer = new();
    private readonly List<byte> _toClient = [];
    private int _frontOffset;

    public ConnectionId Id { get; } = id;

    /// <summary>The client's address.</summary>
    public uint Peer { get; } = peer;

    /// <summary>How many bytes the server may have sent that the client has not read.</summary>
    public int Window { get; set; } = int.MaxValue;

    /// <summary>The most that one receive of the server's returns.</summary>
    public int SegmentBytes { get; set; } = int.MaxValue;

    public bool ServerEndedSending { get; private set; }

    public bool ServerClosed { get; private set; }

    public bool ServerAborted { get; private set; }

    public bool IsOver => ServerClosed || ServerAborted;

    public bool ClientEnded { get; private set; }

    public bool WasReset { get; private set; }

    public void Send(string text) => Send(Encoding.Latin1.GetBytes(text));

    public void Send(byte[] bytes)
    {
        if (bytes.Length != 0 && !IsOver)
        {
            _toServer.Enqueue(bytes);
            transport.Signal(Id);
        }
    }

    public void EndSending()
    {
        ClientEnded = true;
        transport.Signal(Id);
    }

    public void Reset()
    {
        WasReset = true;
        transport.Signal(Id);
    }

    /// <summary>Takes what the server has sent.</summary>
    public byte[] Read(int maximumBytes = int.MaxValue)
    {
        int count = Math.Min(maximumBytes, _toClient.Count);
        byte[] bytes = [.. _toClient.GetRange(0, count)];
        _toClient.RemoveRange(0, count);
        if (count != 0)
        {
            transport.Signal(Id);
        }

        return bytes;
    }

    public string ReadText() => Encoding.Latin1.GetString(Read());

    internal Transfer Receive(Span<byte> buffer)
    {
        Assert(!IsOver);
        Assert(!buffer.IsEmpty);
        if (WasReset)
        {
            return Transfer.Failed;
        }

        if (!_toServer.TryPeek(out byte[]? front))
        {
            return ClientEnded ? Transfer.End : Transfer.WouldBlock;
        }

        int count = Math.Min(Math.Min(buffer.Length, SegmentBytes), front.Length - _frontOffset);
        front.AsSpan(_frontOffset, count).CopyTo(buffer);
        _frontOffset += count;
        if (_frontOffset == front.Length)
        {
            _toServer.Dequeue();
            _frontOffset = 0;
        }

        return Transfer.Of(count);
    }

    internal Transfer Send(ReadOnlySpan<byte> data)
    {
        Assert(!IsOver && !ServerEndedSending);
        Assert(!data.IsEmpty);
        if (WasReset)
        {
            return Transfer.Failed;
        }

        int count = Math.Min(data.Length, Window - _toClient.Count);
        if (count <= 0)
        {
            return Transfer.WouldBlock;
        }

        _toClient.AddRange(data[..count]);
        return Transfer.Of(count);
    }

    internal void EndServer()
    {
        Assert(!ServerEndedSending);
        ServerEndedSending = true;
    }

    internal void Finish(bool isAbort)
    {
        Assert(!IsOver);
        ServerAborted = isAbort;
        ServerClosed = !isAbort;
    }

    private static void Assert(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("The server used its transport in a way that no socket would allow.");
        }
    }
}
