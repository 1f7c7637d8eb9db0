using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Isolation.Loading;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;
using NooksOS.ObjectTracker;
using NooksOS.Recovery;
using NooksOS.Recovery.Commands;
using NooksOS.Recovery.Shadows;
using NooksOS.Wrappers;
using ThreadPriority = NooksOS.Kernel.Threads.ThreadPriority;

namespace NooksOS.Image.Hosting;

/// <summary>
/// The isolation layer as recovery wants it: numbered places for extensions, and instances that are loaded into them and
/// taken away again.
/// </summary>
internal sealed unsafe class DomainHost : IDomainControl, IDomainStatistics, IHeartbeatPort, IMisbehaviorPort
{
    private readonly Lock _sync = new();
    private readonly List<HostedDomain> _places = [];
    private readonly ProtectionBackEnd _backEnd;
    private readonly StandbyInstances _standbys;
    private uint _lastId;

    /// <param name="backEnd">How domains are protected that are not processes.</param>
    public DomainHost(ProtectionBackEnd backEnd)
    {
        _backEnd = backEnd;
        _standbys = new StandbyInstances(_sync, _places, Images, TryMake);
        Guard = new CodeGuard(Images.Mend);
    }

    /// <summary>How an extension is protected that is to be: as the system was started, or the strongest way.</summary>
    public ProtectionBackEnd IsolatingBackEnd => _backEnd == ProtectionBackEnd.Direct ? ProtectionBackEnd.Ring3 : _backEnd;

    /// <summary>Names of the extensions that run as processes.</summary>
    public HashSet<string> Processes { get; } = [];

    /// <summary>What instances are loaded from.</summary>
    public ImageLibrary Images { get; } = new();

    /// <summary>Counts what instances hold.</summary>
    public TrackerLedger Ledger { get; } = new();

    /// <summary>Looks after the images that are loaded.</summary>
    public CodeGuard Guard { get; }

    /// <summary>The memory of connections, which outlives instances. Set once.</summary>
    public ConnectionMemory? Connections { get; set; }

    /// <summary>The memory of the caches of disks. Set once.</summary>
    public CacheMemory? Caches { get; set; }

    /// <summary>Gives a fresh instance its services. Set once.</summary>
    public System.Action<HostedDomain, HostedInstance>? Furnish { get; set; }

    /// <summary>Told of an instance that has taken its place and was not started yet. Set once.</summary>
    public System.Action<HostedDomain>? Furnished { get; set; }

    /// <inheritdoc/>
    public bool TryCreate(string extensionName, out uint domainId)
    {
        lock (_sync)
        {
            bool isProcess = Processes.Contains(extensionName);
            domainId = ++_lastId;
            _places.Add(new HostedDomain(
                domainId, extensionName, isProcess, isProcess ? ProtectionBackEnd.Ring3 : _backEnd));
            return true;
        }
    }

    /// <inheritdoc/>
    public void Remove(uint domainId)
    {
        DropStandby(domainId);
        lock (_sync)
        {
            _places.RemoveAll(place => place.Id == domainId);
        }
    }

    /// <inheritdoc/>
    public FaultReport? TakeFault()
    {
        lock (_sync)
        {
            foreach (HostedDomain place in _places)
            {
                if (place is { Instance: { IsAlive: false } instance, IsFaultTaken: false })
                {
                    place.IsFaultTaken = true;
                    if (instance.Control->Fault.Kind != FaultKind.Requested)
                    {
                        return FaultReports.Make(place.Id, instance);
                    }
                }
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Stop(uint domainId)
    {
        if (Find(domainId)?.Instance is { } instance)
        {
            DomainFault fault = default;
            fault.Kind = FaultKind.Requested;
            DomainDeath.Kill(instance.Control, in fault);
        }
    }

    /// <inheritdoc/>
    public bool WaitUntilEmpty(uint domainId, long timeoutNanoseconds)
        => Find(domainId)?.Instance?.TryWaitUntilEmpty(timeoutNanoseconds) ?? true;

    /// <inheritdoc/>
    public HandleTable? GetObjects(uint domainId) => Find(domainId)?.Instance?.Objects;

    /// <inheritdoc/>
    public ulong CountPages(uint domainId) => Find(domainId)?.Instance?.CountPages() ?? 0;

    /// <inheritdoc/>
    public void FreeMemory(uint domainId)
    {
        if (Find(domainId) is { Current: { } instance } place)
        {
            place.Current = null;
            instance.Free();
        }
    }

    /// <inheritdoc/>
    public void Prepare(string extensionName, string imageName) => Images.Open(imageName, Processes.Contains(extensionName), out _);

    /// <inheritdoc/>
    public LoadOutcome LoadInstance(uint domainId, string imageName)
    {
        if (Find(domainId) is not { } place)
        {
            return new LoadOutcome("there is no such domain");
        }

        place.Generation++;
        string? error = null;
        HostedInstance? instance = _standbys.TryTake(place, imageName) ?? TryMake(place, imageName, out error);
        if (instance is null && _standbys.DropAll())
        {
            // They had what it needs: instances that run come before instances that wait.
            instance = TryMake(place, imageName, out error);
        }

        if (instance is null)
        {
            return new LoadOutcome(error);
        }

        Guard.Request(imageName);
        instance.Domain.Generation = place.Generation;
        place.IsFaultTaken = false;
        place.Current = instance;
        Furnished?.Invoke(place);
        return LoadOutcome.Loaded;
    }

    /// <inheritdoc/>
    public bool TryPrepareStandby(uint domainId, string imageName) => Find(domainId) is { } place && _standbys.TryPrepare(place, imageName);

    /// <inheritdoc/>
    public void DropStandby(uint domainId)
    {
        if (Find(domainId) is { } place)
        {
            _standbys.Drop(place);
        }
    }

    /// <inheritdoc/>
    public CallStatus Initialize(uint domainId) => Find(domainId)?.Current?.Initialize() ?? CallStatus.NotFound;

    /// <inheritdoc/>
    public CallStatus Start(uint domainId)
    {
        if (Find(domainId)?.Current is not { } instance)
        {
            return CallStatus.NotFound;
        }

        CallStatus status = instance.Control.Start().Status;
        instance.Domain.Objects.NoteStarted();
        instance.Domain.SetBudget(Watchdog.DefaultBudgetTicks);
        return status;
    }

    /// <inheritdoc/>
    public CallStatus RequestStop(uint domainId) => Find(domainId)?.Control?.Stop().Status ?? CallStatus.NotFound;

    /// <inheritdoc/>
    public DomainCounts Read(uint domainId)
    {
        bool isProcess = Find(domainId) is { IsProcess: true };
        return Find(domainId) is { Instance: { } instance }
            ? new DomainCounts(
                BackEndNames.Of(instance.Control->BackEnd),
                instance.Control->CallsIn,
                instance.Control->CallsOut,
                instance.CountPages(),
                isProcess)
            : new DomainCounts(null, 0, 0, 0, isProcess);
    }

    /// <summary>Ticks of the timer that found the instance of an extension running, since it was loaded.</summary>
    public ulong CountRanTicks(uint domainId) => Find(domainId) is { Instance: { } instance } ? instance.Control->RanTicks : 0;

    /// <summary>Bytes that the instance of an extension has sent and received over its connections.</summary>
    public ulong CountTransferredBytes(uint domainId)
        => Find(domainId)?.Instance?.GetService(SocketServicesDispatcher.Contract) is SocketServices sockets ? sockets.TransferredBytes : 0;

    /// <inheritdoc/>
    public CallResult<ulong> Heartbeat(uint domainId, ulong nonce)
        => Find(domainId)?.Control?.Heartbeat(nonce) ?? CallResult<ulong>.Failure(CallStatus.NotFound);

    /// <inheritdoc/>
    public CallStatus Misbehave(uint domainId, MisbehaviorKind kind)
    {
        if (Find(domainId) is not { Control: { } control, Instance: { } instance } place)
        {
            return CallStatus.NotFound;
        }

        bool isPossible = kind switch
        {
            MisbehaviorKind.Privileged => PrivilegedPatch.TryApply(instance),
            MisbehaviorKind.WildDma => instance.Objects.CountOf(TrackedKind.DmaBuffer) != 0
                && instance.Objects.CountOf(TrackedKind.NetworkDevice) + instance.Objects.CountOf(TrackedKind.BlockDevice) != 0,
            MisbehaviorKind.InterruptStorm => instance.Objects.CountOf(TrackedKind.InterruptLine) != 0,
            _ => true,
        };
        if (!isPossible)
        {
            return CallStatus.NotSupported;
        }

        Log.Write($"{place.ExtensionName}: told to misbehave, {kind}");
        ulong target = kind == MisbehaviorKind.WildDma ? DmaTarget.PhysicalAddress : DescriptorTables.TimerGateAddress;
        return control.Misbehave(kind, target).Status;
    }

    /// <summary>The place of an extension, or null.</summary>
    public HostedDomain? Find(string extensionName)
    {
        lock (_sync)
        {
            return _places.Find(place => place.ExtensionName == extensionName);
        }
    }

    /// <summary>Counts the objects that the instances hold.</summary>
    public long CountObjects()
    {
        lock (_sync)
        {
            long objects = 0;
            foreach (HostedDomain place in _places)
            {
                objects += (place.Instance?.Objects.Count ?? 0) + (place.Standby?.Domain.Objects.Count ?? 0);
            }

            return objects;
        }
    }

    /// <summary>Counts the pages of all instances together; what one shares with its standby, once.</summary>
    public long CountPages()
    {
        lock (_sync)
        {
            ulong pages = 0;
            foreach (HostedDomain place in _places)
            {
                pages += (place.Instance?.CountPages() ?? 0) + (place.Standby?.Domain.CountOwnPages() ?? 0);
            }

            return (long)pages;
        }
    }

    /// <summary>The network stack that runs now, or null.</summary>
    public INetworkStack? FindNetworkStack()
    {
        lock (_sync)
        {
            return _places.Find(place => place.Current is { NetworkStack: not null, Domain.IsAlive: true })?.Current?.NetworkStack;
        }
    }

    // Loads an instance and gives it its services.
    private HostedInstance? TryMake(HostedDomain place, string imageName, out string? error)
    {
        Domain? domain = Domain.TryCreate(place.ExtensionName, place.BackEnd, ObjectQuotas.Default, Ledger);
        if (domain is null)
        {
            error = "there is no room for another domain";
            return null;
        }

        if (Images.Load(domain, imageName, place.IsProcess, out error) is not { } image)
        {
            domain.Free();
            return null;
        }

        domain.ThreadPriority = place.IsProcess ? ThreadPriority.Agent : ThreadPriority.Normal;
        HostedInstance instance = new(domain, image);
        Furnish?.Invoke(place, instance);
        return instance;
    }

    private HostedDomain? Find(uint domainId)
    {
        lock (_sync)
        {
            return _places.Find(place => place.Id == domainId);
        }
    }
}
