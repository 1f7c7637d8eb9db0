using System;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>An application's end of a connection: the kernel's half of a block.</summary>
internal sealed class TcpSocket(TcpHost host, uint block)
{
    public uint Block => block;

    public ConnectionState State => Bytes.IsCommitted ? Bytes.Transport.State : ConnectionState.None;

    public ConnectionError Error => Bytes.Transport.Error;

    public bool IsEstablished => State is >= ConnectionState.Established and < ConnectionState.Closed;

    public bool IsClosed => State == ConnectionState.Closed;

    public bool HasPeerFinished => State is ConnectionState.CloseWait or ConnectionState.Closing or ConnectionState.LastAck
        || (IsClosed && Error == ConnectionError.None);

    public int Readable => (int)(Bytes.Transport.ReceiveWritten - Bytes.Kernel.ReceiveRead);

    public int Unacknowledged => (int)(Bytes.Kernel.SendWritten - Bytes.Transport.SendAcknowledged);

    public ConnectionBlock Bytes => new(host.Memory.Peek(block));

    public int Send(ReadOnlySpan<byte> data)
    {
        ref ConnectionKernelHalf half = ref Bytes.Kernel;
        int room = Bytes.SendRing.Length - Unacknowledged;
        data = data[..Math.Min(room, data.Length)];
        ConnectionRing.Write(Bytes.SendRing, half.SendWritten, data);
        half.SendWritten += (ulong)data.Length;
        host.Kick(block);
        return data.Length;
    }

    public byte[] Receive(int limit = int.MaxValue)
    {
        byte[] data = new byte[Math.Min(Readable, limit)];
        ConnectionRing.Read(Bytes.ReceiveRing, Bytes.Kernel.ReceiveRead, data);
        if (data.Length != 0)
        {
            Bytes.Kernel.ReceiveRead += (ulong)data.Length;
            host.Kick(block);
        }

        return data;
    }

    public void Set(ConnectionOptions options)
    {
        Bytes.Kernel.Options |= options;
        host.Kick(block);
    }

    public void Finish() => Request(ConnectionRequests.EndSend);

    public void Close() => Request(ConnectionRequests.EndSend | ConnectionRequests.EndReceive);

    public void Abort() => Request(ConnectionRequests.Abort);

    private void Request(ConnectionRequests requests)
    {
        Bytes.Kernel.Requests |= requests;
        host.Kick(block);
    }
}
