using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// A connection as the kernel knows it. What the kernel has decided is kept here and only copied to the block; what the stack
/// says in the block is checked before it counts. The shadow guards it.
/// </summary>
internal sealed class Connection
{
    private readonly IConnectionBlocks _blocks;
    private readonly int _sendRingBytes;
    private readonly int _receiveRingBytes;

    /// <summary>Writes the kernel's half of a block that was just taken.</summary>
    public Connection(
        IConnectionBlocks blocks, uint block, uint generation, ConnectionRequests origin, in ConnectionName name, KeptRequestBudget budget)
    {
        Kept = new KeptRequest(budget);
        _blocks = blocks;
        Block = block;
        Generation = generation;
        Requests = origin;
        Name = name;
        Span<byte> memory = blocks.Get(block);
        memory[..ConnectionBlock.HeaderBytes].Clear();
        ConnectionBlock view = new(memory);
        _sendRingBytes = view.SendRing.Length;
        _receiveRingBytes = view.ReceiveRing.Length;
        ref ConnectionKernelHalf half = ref view.Kernel;
        half.Magic = ConnectionBlock.Magic;
        half.Format = ConnectionBlock.Format;
        half.BlockBytes = (uint)view.BlockBytes;
        half.Requests = origin;
        half.RemoteAddress = name.RemoteAddress;
        half.LocalPort = name.LocalPort;
        half.RemotePort = name.RemotePort;
        Volatile.Write(ref half.Generation, generation);
    }

    public uint Block { get; }

    public uint Generation { get; }

    public ConnectionName Name { get; }

    public ushort LocalPort => Name.LocalPort;

    /// <summary>The address that the stack uses for it; for tables only.</summary>
    public uint LocalAddress { get; private set; }

    public ConnectionRequests Requests { get; private set; }

    /// <summary>Bytes that the application has sent.</summary>
    public ulong SendWritten { get; private set; }

    /// <summary>Bytes that the application has received.</summary>
    public ulong ReceiveRead { get; private set; }

    /// <summary>Bytes that the peer has acknowledged, as far as was checked.</summary>
    public ulong SendAcknowledged { get; private set; }

    /// <summary>Bytes that have arrived, as far as was checked.</summary>
    public ulong ReceiveWritten { get; private set; }

    /// <summary>What the stack said last; of it only <see cref="IsOver"/> and whether it is established matter.</summary>
    public ConnectionState State { get; private set; }

    /// <summary>How it broke; <see cref="CallStatus.Ok"/> if it did not.</summary>
    public CallStatus Breakage { get; private set; }

    public bool PeerEnded { get; private set; }

    /// <summary>The stack is done with the block.</summary>
    public bool IsOver => State == ConnectionState.Closed;

    public bool IsEstablished { get; private set; }

    /// <summary>The socket that it belongs to; null before it is accepted and after it is closed.</summary>
    public Socket? Socket { get; set; }

    /// <summary>Whether it was taken from its listener and its socket is being made: nobody has it yet, and it is not free.</summary>
    public bool IsBeingAccepted { get; set; }

    /// <summary>Whether somebody has it, or is about to.</summary>
    public bool HasOwner => Socket is not null || IsBeingAccepted;

    /// <summary>The listener that it came through, until it is accepted.</summary>
    public Listener? Listener { get; set; }

    /// <summary>The next one that waits on the same listener.</summary>
    public Connection? NextWaiting { get; set; }

    /// <summary>Whether it is to be accepted.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Whether the stack is to be told of a change.</summary>
    public bool IsKicked { get; set; }

    /// <summary>Whether its reader is to be told of what has arrived, but not yet.</summary>
    public bool IsHeldBack { get; set; }

    /// <summary>Whether more has arrived since the network thread last looked whether to hold its reader back.</summary>
    public bool IsArriving { get; set; }

    /// <summary>Whether the port belongs to this connection alone.</summary>
    public bool OwnsPort { get; set; }

    /// <summary>When a connection that was closed is given up.</summary>
    public long LingerEndNanoseconds { get; set; }

    public ulong UnacknowledgedBytes => SendWritten - SendAcknowledged;

    /// <summary>What its owner has read and not answered.</summary>
    public KeptRequest Kept { get; }

    /// <summary>Whether the next instance of its owner can answer in the place of this one, as if it had accepted it itself.</summary>
    public bool CanStartOver
        => Kept.IsKeeping && SendWritten == 0 && !IsOver && Breakage == CallStatus.Ok && Requests == ConnectionRequests.Accepted;

    public int ReadableBytes => Kept.LeftBytes + ArrivedBytes;

    public int RoomBytes => _sendRingBytes - (int)UnacknowledgedBytes;

    /// <summary>Whether what is not read yet takes more than half of the ring, so that the peer is held back.</summary>
    public bool IsTight => ArrivedBytes > _receiveRingBytes / 2;

    /// <summary>Whether its reader need not wait for more: the ring is tight, or one call could not carry another round's bytes as well.</summary>
    public bool IsWorthReading => IsTight || ArrivedBytes > SocketLimits.TransferBytes * 2 / 3;

    /// <summary>
    /// Whether a sender that found too little room has enough of it now: what is left in the ring keeps the peer busy meanwhile, and
    /// a call for each acknowledgment would carry little.
    /// </summary>
    public bool IsRoomy => RoomBytes >= _sendRingBytes / 2;

    /// <summary>Whether the stack has committed its half, so that its next instance can go on from it.</summary>
    public bool IsCommitted => Volatile.Read(ref Transport.Generation) == Generation;

    public SocketEvents Readiness
    {
        get
        {
            SocketEvents events = SocketEvents.None;
            bool isBroken = Breakage != CallStatus.Ok;
            if (ReadableBytes != 0 || PeerEnded || isBroken)
            {
                events |= SocketEvents.Readable;
            }

            if (isBroken || (IsEstablished && RoomBytes != 0 && (Requests & ConnectionRequests.EndSend) == 0))
            {
                events |= SocketEvents.Writable;
            }

            return events | (PeerEnded ? SocketEvents.PeerClosed : 0) | (isBroken ? SocketEvents.Error : 0);
        }
    }

    private int ArrivedBytes => (int)(ReceiveWritten - ReceiveRead);

    private ref ConnectionKernelHalf Kernel => ref new ConnectionBlock(_blocks.Get(Block)).Kernel;

    private ref ConnectionTransportHalf Transport => ref new ConnectionBlock(_blocks.Get(Block)).Transport;

    /// <summary>Writes as much as there is room for, and returns how much.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, RoomBytes)];
        ConnectionBlock block = new(_blocks.Get(Block));
        ConnectionRing.Write(block.SendRing, SendWritten, bytes);
        SendWritten += (ulong)bytes.Length;
        Kept.Forget();

        // The bytes must be there before the position that says so.
        Volatile.Write(ref block.Kernel.SendWritten, SendWritten);
        return bytes.Length;
    }

    /// <summary>Reads what there is, and returns how much.</summary>
    public int Read(Span<byte> bytes)
    {
        if (Kept.LeftBytes != 0)
        {
            return Kept.Read(bytes);
        }

        bytes = bytes[..Math.Min(bytes.Length, ArrivedBytes)];
        ConnectionBlock block = new(_blocks.Get(Block));
        ConnectionRing.Read(block.ReceiveRing, ReceiveRead, bytes);
        ReceiveRead += (ulong)bytes.Length;
        Kept.Note(bytes);

        // The bytes must be out before the position that lets the stack overwrite them.
        Volatile.Write(ref block.Kernel.ReceiveRead, ReceiveRead);
        return bytes.Length;
    }

    /// <summary>Asks for something more.</summary>
    public void Request(ConnectionRequests requests)
    {
        Requests |= requests;
        Kernel.Requests = Requests;
    }

    public void SetOptions(ConnectionOptions options) => Kernel.Options = options;

    /// <summary>Ends it as far as its user is concerned. The first reason counts.</summary>
    public void Break(CallStatus status)
    {
        if (Breakage == CallStatus.Ok)
        {
            Breakage = status;
        }
    }

    /// <summary>No instance of the stack will look at the block again.</summary>
    public void Abandon() => State = ConnectionState.Closed;

    /// <summary>Looks at the stack's half. What it says counts only if it can be.</summary>
    public ConnectionNews Observe()
    {
        ref ConnectionTransportHalf half = ref Transport;
        if (IsOver || Volatile.Read(ref half.Generation) != Generation)
        {
            return ConnectionNews.None;
        }

        // The stack writes in the other order: once its last word on something is seen here, what led to it is there too.
        ConnectionState state = half.State;
        ConnectionError error = half.Error;
        Interlocked.MemoryBarrier();
        bool peerEnded = (half.Progress & ConnectionProgress.FinReceived) != 0 || IsBehindTheEnd(state, error);
        Interlocked.MemoryBarrier();
        ulong acknowledged = Volatile.Read(ref half.SendAcknowledged);
        ulong written = Volatile.Read(ref half.ReceiveWritten);
        LocalAddress = half.LocalAddress;
        ConnectionNews news = ConnectionNews.None;
        if (!IsPossible(state, acknowledged, written))
        {
            // The end counts whatever else is wrong, since the stack is not to touch the block again.
            State = state == ConnectionState.Closed ? state : State;
            return ConnectionNews.Violated | (IsOver ? ConnectionNews.Over : 0);
        }

        news |= acknowledged != SendAcknowledged ? ConnectionNews.Acknowledged : 0;
        news |= written != ReceiveWritten ? ConnectionNews.Arrived : 0;
        news |= peerEnded && !PeerEnded ? ConnectionNews.PeerEnded : 0;
        news |= state == ConnectionState.Closed ? ConnectionNews.Over : 0;
        if (!IsEstablished && state is >= ConnectionState.Established and < ConnectionState.Closed)
        {
            IsEstablished = true;
            news |= ConnectionNews.Established;
        }

        State = state;
        SendAcknowledged = acknowledged;
        ReceiveWritten = written;
        PeerEnded |= peerEnded;
        if (IsOver && error != ConnectionError.None)
        {
            Break(StatusOf(error));
        }

        return news;
    }

    // States that a connection reaches by the peer's FIN only.
    private static bool IsBehindTheEnd(ConnectionState state, ConnectionError error)
        => state is ConnectionState.CloseWait or ConnectionState.Closing or ConnectionState.LastAck
            || (state == ConnectionState.Closed && error == ConnectionError.None);

    private static CallStatus StatusOf(ConnectionError error) => error switch
    {
        ConnectionError.Refused => CallStatus.ConnectionRefused,
        ConnectionError.TimedOut => CallStatus.TimedOut,
        ConnectionError.Unreachable => CallStatus.Unreachable,
        _ => CallStatus.ConnectionReset,
    };

    private bool IsPossible(ConnectionState state, ulong acknowledged, ulong written)
        => state is > ConnectionState.None and <= ConnectionState.Closed
            && acknowledged >= SendAcknowledged && acknowledged <= SendWritten
            && written >= ReceiveWritten && written - ReceiveRead <= (ulong)_receiveRingBytes
            && (!PeerEnded || written == ReceiveWritten);
}
