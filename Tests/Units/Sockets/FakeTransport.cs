using System;
using System.Collections.Generic;
using System.Text;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units.Sockets;

/// <summary>One instance of a stack without a network: writes down what it is told, and says what a test wants it to say.</summary>
internal sealed class FakeTransport(FakeBlocks blocks) : ITransport
{
    public ITransportHost Host { get; set; } = null!;

    public bool IsDead { get; set; }

    public bool DiesAtAdoption { get; set; }

    public List<string> Events { get; } = [];

    public List<uint> Kicked { get; } = [];

    public List<byte[]> Datagrams { get; } = [];

    public uint LastQuery { get; private set; }

    public CallResult AdoptConnections(ReadOnlySpan<uint> adopted, long nowNanoseconds)
    {
        IsDead |= DiesAtAdoption;
        return Call("adopt " + string.Join(' ', adopted.ToArray()));
    }

    public CallResult Listen(ushort port, uint backlog) => Call($"listen {port} {backlog}");

    public CallResult StopListening(ushort port) => Call($"stop {port}");

    public CallResult BindDatagrams(ushort port) => Call($"bind {port}");

    public CallResult UnbindDatagrams(ushort port) => Call($"unbind {port}");

    public CallResult Kick(ReadOnlySpan<uint> kicked, long nowNanoseconds)
    {
        Kicked.AddRange(kicked);
        return Call("kick " + string.Join(' ', kicked.ToArray()));
    }

    public CallResult SendDatagrams(ReadOnlySpan<byte> batch, long nowNanoseconds)
    {
        while (DatagramBatch.TryRead(ref batch, out Datagram datagram))
        {
            Datagrams.Add(datagram.Payload.ToArray());
        }

        return Call("datagrams");
    }

    public CallResult Resolve(uint query, ReadOnlySpan<byte> name, long nowNanoseconds)
    {
        LastQuery = query;
        return Call("resolve " + Encoding.ASCII.GetString(name));
    }

    /// <summary>A peer connects. Returns the block, committed and told of.</summary>
    public uint Connect(ushort localPort, ushort remotePort = 1000)
    {
        AcceptedConnection accepted = Host.AcceptConnection(localPort, 0x0A00_0202, remotePort).Value;
        Commit(accepted.Block, ConnectionState.Established);
        return accepted.Block;
    }

    /// <summary>Commits a state, and says so.</summary>
    public void Commit(uint block, ConnectionState state, ConnectionError error = ConnectionError.None)
    {
        ConnectionBlock view = new(blocks.Get(block));
        if (!view.IsCommitted)
        {
            view.Transport.LocalAddress = 0x0A00_020F;
            view.Commit();
        }

        view.Transport.Error = error;
        view.Transport.State = state;
        Host.Signal([block]);
    }

    /// <summary>Bytes arrive from the peer.</summary>
    public void Arrive(uint block, ReadOnlySpan<byte> bytes)
    {
        ConnectionBlock view = new(blocks.Get(block));
        ConnectionRing.Write(view.ReceiveRing, view.Transport.ReceiveWritten, bytes);
        view.Transport.ReceiveWritten += (ulong)bytes.Length;
        Host.Signal([block]);
    }

    /// <summary>The peer ends its half.</summary>
    public void End(uint block)
    {
        new ConnectionBlock(blocks.Get(block)).Transport.Progress |= ConnectionProgress.FinReceived;
        Commit(block, ConnectionState.CloseWait);
    }

    /// <summary>Takes what is to be sent and acknowledges it.</summary>
    public byte[] Take(uint block)
    {
        ConnectionBlock view = new(blocks.Get(block));
        byte[] bytes = new byte[view.Kernel.SendWritten - view.Transport.SendAcknowledged];
        ConnectionRing.Read(view.SendRing, view.Transport.SendAcknowledged, bytes);
        view.Transport.SendAcknowledged = view.Kernel.SendWritten;
        Host.Signal([block]);
        return bytes;
    }

    /// <summary>The peer acknowledges so many bytes.</summary>
    public void Acknowledge(uint block, int bytes)
    {
        new ConnectionBlock(blocks.Get(block)).Transport.SendAcknowledged += (ulong)bytes;
        Host.Signal([block]);
    }

    private CallResult Call(string what)
    {
        if (!IsDead)
        {
            Events.Add(what.TrimEnd());
        }

        return IsDead ? new CallResult(CallStatus.DomainDied) : CallResult.Ok;
    }
}
