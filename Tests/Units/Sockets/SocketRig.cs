using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using NooksOS.Tests.Units.Recovery;

namespace NooksOS.Tests.Units.Sockets;

/// <summary>The socket shadow between one application and a stack, both of which can be killed and replaced.</summary>
internal sealed class SocketRig : IFaultSink
{
    public const uint StackDomain = 1;
    public const uint ApplicationDomain = 2;
    public const long Forever = -1;

    private readonly TrackerLedger _ledger = new();
    private uint _lastInstance = 100;

    public SocketRig(uint blockLimit = 64, SocketShadowOptions? options = null)
    {
        Blocks = new FakeBlocks(blockLimit);
        Work = new FakeSignal(Clock);
        Shadow = new SocketShadow(Clock, Work, MakeSignal, Blocks, this, options ?? new SocketShadowOptions());
        StartStack();
        StartApplication();
    }

    public FakeClock Clock { get; } = new();

    public FakeSignal Work { get; }

    public FakeBlocks Blocks { get; }

    public SocketShadow Shadow { get; }

    public FakeTransport Stack { get; private set; } = null!;

    public FakeWindow Window { get; private set; } = null!;

    public HandleTable StackObjects { get; private set; } = null!;

    public HandleTable Objects { get; private set; } = null!;

    public SocketServices Sockets { get; private set; } = null!;

    /// <summary>What the rest of the machine does while a call waits.</summary>
    public Action? WhileWaiting { get; set; }

    /// <summary>Whether waits end because the application is being stopped.</summary>
    public bool IsStopping { get; set; }

    public int SignalsMade { get; private set; }

    public List<FaultReport> Faults { get; } = [];

    public uint CurrentInstance(uint domainId) => 1;

    public bool Report(FaultReport report)
    {
        Faults.Add(report);
        return true;
    }

    public CallStatus StartStack(Action<FakeTransport>? prepare = null)
    {
        Stack = new FakeTransport(Blocks);
        prepare?.Invoke(Stack);
        Window = new FakeWindow();
        StackObjects = new HandleTable(++_lastInstance, ObjectQuotas.Default, _ledger);
        TransportHostService host = new(Shadow, StackDomain, Stack, Window, StackObjects);
        Stack.Host = host;
        host.Register();
        return Shadow.InstanceStarted(StackDomain);
    }

    public void KillStack()
    {
        Shadow.InstanceStopped(StackDomain);
        StackObjects.ReleaseAll();
    }

    public void StartApplication(uint domain = ApplicationDomain, ObjectQuotas? quotas = null)
    {
        IsStopping = false;
        Objects = new HandleTable(++_lastInstance, quotas ?? ObjectQuotas.Default, _ledger);
        Sockets = new SocketServices(Shadow, domain, "application", Objects);
    }

    public void KillApplication()
    {
        Shadow.InstanceStopped(ApplicationDomain);
        Objects.ReleaseAll();
    }

    /// <summary>One round of the network thread.</summary>
    public void Push()
    {
        while (Shadow.Push(Clock.NowNanoseconds))
        {
        }
    }

    public Handle<TrackedObjects.Socket> Create(SocketKind kind = SocketKind.Stream) => Sockets.Create(kind).Value;

    /// <summary>A listener at a port.</summary>
    public Handle<TrackedObjects.Socket> Listen(ushort port, uint backlog = 8)
    {
        Handle<TrackedObjects.Socket> socket = Create();
        Sockets.Bind(socket, 0, port);
        Sockets.Listen(socket, backlog);
        Push();
        return socket;
    }

    /// <summary>A socket that is connected, and its block.</summary>
    public Handle<TrackedObjects.Socket> Connect(out uint block)
    {
        Handle<TrackedObjects.Socket> socket = Create();
        Sockets.Connect(socket, 0x0A00_0202, 80, 0);
        Push();
        block = Stack.Kicked[^1];
        Stack.Commit(block, ConnectionState.Established);
        return socket;
    }

    public ConnectionBlock Block(uint block) => new(Blocks.Get(block));

    private RigSignal MakeSignal()
    {
        SignalsMade++;
        return new RigSignal(this);
    }
}
