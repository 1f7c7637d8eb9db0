using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The stack as sockets know it: which instance there is, and what it has to be told. The lock is never held while the stack is
/// called.
/// </summary>
internal sealed class TransportSide(
    Lock sync, ConnectionTable connections, ConnectionLife life, StreamPorts streams, DatagramPorts datagrams, NameQueries queries,
    IKernelClock clock, SocketShadowOptions options)
{
    private readonly uint[] _blocks = new uint[TransportLimits.Connections];
    private readonly byte[] _batch = new byte[DatagramBatch.MaximumBytes];
    private readonly ServingInstance<ITransport> _instance = new();
    private int _failedAdoptions;

    public SideState State => _instance.State;

    public uint DomainId => _instance.DomainId;

    /// <summary>Connections that an instance took over from another one.</summary>
    public ulong Adopted { get; private set; }

    public ulong Kicks { get; private set; }

    public bool TryRegister(uint domainId, ITransport transport, out uint registration)
    {
        lock (sync)
        {
            registration = 0;
            if (!_instance.IsFreeFor(domainId) || life.HasInstance)
            {
                return false;
            }

            life.HasInstance = true;
            registration = _instance.Register(domainId, transport);
            return true;
        }
    }

    /// <summary>
    /// The registration was taken back, by the tracker or because it was not wanted. True if nobody had said yet that the instance is gone;
    /// otherwise no thread is in it any more.
    /// </summary>
    public bool Unregister(uint registration)
    {
        lock (sync)
        {
            if (registration != _instance.Registration)
            {
                return false;
            }

            bool wasThere = _instance.TryInterrupt();
            life.InstanceGone();
            if (_failedAdoptions >= options.AdoptionsAllowed)
            {
                // Something in them kills whoever takes them over. The network matters more than they do.
                _failedAdoptions = 0;
                life.Abandon();
            }

            return wasThere;
        }
    }

    public void InstanceStopped(uint domainId)
    {
        lock (sync)
        {
            if (_instance.Serves(domainId))
            {
                _instance.TryInterrupt();
            }
        }
    }

    public void ExtensionGone(uint domainId)
    {
        lock (sync)
        {
            if (_instance.Serves(domainId))
            {
                _instance.Leave();
                life.Abandon();
            }
        }
    }

    /// <summary>
    /// Gives a fresh instance the connections, ports and queries that there are. It must have them before the first frame, or
    /// it would answer frames of connections that it does not know with resets.
    /// </summary>
    public CallStatus InstanceStarted(uint domainId)
    {
        ITransport transport;
        uint registration;
        int count;
        lock (sync)
        {
            if (!_instance.TryStart(domainId))
            {
                return CallStatus.Ok;
            }

            transport = _instance.Contract!;
            registration = _instance.Registration;

            // What changes from here on is kicked again.
            connections.ForgetKicks();
            count = connections.CopyBlocks(_blocks);
        }

        CallStatus status = transport.AdoptConnections(_blocks.AsSpan(0, count), clock.NowNanoseconds).Status;
        lock (sync)
        {
            if (status != CallStatus.Ok || !_instance.IsCurrent(registration))
            {
                _failedAdoptions += count == 0 ? 0 : 1;
                return status;
            }

            _failedAdoptions = 0;
            Adopted += (uint)count;
            streams.TellAll();
            datagrams.TellAll();
            queries.TellAll();
            _instance.SetReady(true);
        }

        return PushPorts(transport) is { } failure ? failure : CallStatus.Ok;
    }

    /// <summary>Tells the stack what has changed, as much as fits one call of each kind. False if there was nothing.</summary>
    public bool Push(long nowNanoseconds)
    {
        ITransport transport;
        lock (sync)
        {
            if (State != SideState.Ready)
            {
                return false;
            }

            transport = _instance.Contract!;
        }

        // Whatever comes of these calls is told by the next one, or was reported by the gate.
        if (PushPorts(transport) is not null)
        {
            return false;
        }

        bool kicked = PushKicks(transport, nowNanoseconds);
        bool sent = PushDatagrams(transport, nowNanoseconds);
        return PushQuery(transport, nowNanoseconds) || kicked || sent;
    }

    /// <summary>Whether the stack in that domain has all connections, and is told of changes.</summary>
    public bool IsReady(uint domainId)
    {
        lock (sync)
        {
            return State == SideState.Ready && DomainId == domainId;
        }
    }

    /// <summary>Takes blocks to tell the stack of by another call than <see cref="Push"/>. Returns how many.</summary>
    public int TakeKicks(uint domainId, Span<uint> blocks)
    {
        lock (sync)
        {
            return State == SideState.Ready && DomainId == domainId ? TakeKicks(blocks) : 0;
        }
    }

    private static bool IsGone(CallStatus status) => status is CallStatus.DomainDied or CallStatus.DomainUnavailable;

    // Returns how it failed if the instance is gone.
    private CallStatus? PushPorts(ITransport transport)
    {
        while (true)
        {
            ushort port;
            bool isStream;
            bool isOpen;
            uint backlog;
            lock (sync)
            {
                isStream = streams.Changes.TryTake(out port);
                if (!isStream && !datagrams.Changes.TryTake(out port))
                {
                    return null;
                }

                Listener? listener = isStream ? streams.Find(port) : null;
                isOpen = isStream ? listener is not null : datagrams.IsOpen(port);
                backlog = listener?.Backlog ?? 0;
                if (!(isStream ? streams.Changes : datagrams.Changes).Tell(port, isOpen))
                {
                    continue;
                }
            }

            CallResult result = (isStream, isOpen) switch
            {
                (true, true) => transport.Listen(port, backlog),
                (true, false) => transport.StopListening(port),
                (false, true) => transport.BindDatagrams(port),
                (false, false) => transport.UnbindDatagrams(port),
            };
            if (IsGone(result.Status))
            {
                return result.Status;
            }
        }
    }

    private bool PushKicks(ITransport transport, long nowNanoseconds)
    {
        Span<uint> kicked = stackalloc uint[TransportLimits.NamedConnections];
        int count;
        lock (sync)
        {
            count = TakeKicks(kicked);
        }

        return count != 0 && !IsGone(transport.Kick(kicked[..count], nowNanoseconds).Status);
    }

    private int TakeKicks(Span<uint> blocks)
    {
        int count = connections.TakeKicks(blocks);
        Kicks += count == 0 ? 0u : 1u;
        return count;
    }

    private bool PushDatagrams(ITransport transport, long nowNanoseconds)
    {
        int length;
        lock (sync)
        {
            length = datagrams.Outgoing.MoveTo(_batch);
            if (length != 0)
            {
                datagrams.RoomWaiters.WakeAll();
            }
        }

        return length != 0 && !IsGone(transport.SendDatagrams(_batch.AsSpan(0, length), nowNanoseconds).Status);
    }

    private bool PushQuery(ITransport transport, long nowNanoseconds)
    {
        NameQuery? query;
        lock (sync)
        {
            query = queries.TakeUntold();
        }

        return query is not null && !IsGone(transport.Resolve(query.Id, query.Name, nowNanoseconds).Status);
    }
}
