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
    private readonly Lock _openingImages = new();
    private readonly List<HostedDomain> _places = [];
    private readonly Dictionary<string, PristineImage> _images = [];
    private readonly ProtectionBackEnd _backEnd;
    private uint _lastId;

    /// <param name="backEnd">How domains are protected that are not processes.</param>
    public DomainHost(ProtectionBackEnd backEnd)
    {
        _backEnd = backEnd;
        Guard = new CodeGuard(Mend);
    }

    /// <summary>How an extension is protected that is to be: as the system was started, or the strongest way.</summary>
    public ProtectionBackEnd IsolatingBackEnd => _backEnd == ProtectionBackEnd.Direct ? ProtectionBackEnd.Ring3 : _backEnd;

    /// <summary>Names of the extensions that run as processes.</summary>
    public HashSet<string> Processes { get; } = [];

    /// <summary>Counts what instances hold.</summary>
    public TrackerLedger Ledger { get; } = new();

    /// <summary>Looks after the images that are loaded.</summary>
    public CodeGuard Guard { get; }

    /// <summary>The memory of connections, which outlives instances. Set once.</summary>
    public ConnectionMemory? Connections { get; set; }

    /// <summary>The memory of the caches of disks. Set once.</summary>
    public CacheMemory? Caches { get; set; }

    /// <summary>Gives a fresh instance its services. Set once.</summary>
    public System.Action<HostedDomain>? Furnish { get; set; }

    /// <summary>Told of an instance that has its services and was not entered yet. Set once.</summary>
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
        if (Find(domainId) is not { Instance: { } instance } place)
        {
            return;
        }

        place.Channel?.Close();
        place.Channel = null;
        place.Control = null;
        place.NetworkStack = null;
        place.Instance = null;
        FaultTexts.Take(instance.DomainId);
        instance.Free();
    }

    /// <inheritdoc/>
    public void Prepare(string extensionName, string imageName) => Open(imageName, Processes.Contains(extensionName), out _);

    /// <inheritdoc/>
    public LoadOutcome LoadInstance(uint domainId, string imageName)
    {
        if (Find(domainId) is not { } place)
        {
            return new LoadOutcome("there is no such domain");
        }

        Domain? instance = Domain.TryCreate(
            place.ExtensionName, ++place.Generation, place.BackEnd, ObjectQuotas.Default, Ledger);
        if (instance is null)
        {
            return new LoadOutcome("there is no room for another domain");
        }

        string? error = Load(instance, imageName, place.IsProcess);
        if (error is not null)
        {
            instance.Free();
            return new LoadOutcome(error);
        }

        Guard.Request(imageName);
        instance.ThreadPriority = place.IsProcess ? ThreadPriority.Agent : ThreadPriority.Normal;
        place.IsFaultTaken = false;
        place.Instance = instance;
        place.Channel = new DomainChannel((nint)instance.Control);
        place.Control = new ExtensionControlProxy(place.Channel);
        instance.InterruptSink = new InterruptSinkProxy(place.Channel);
        instance.TimerSink = new TimerSinkProxy(place.Channel);
        Furnish?.Invoke(place);
        Furnished?.Invoke(place);
        return LoadOutcome.Loaded;
    }

    /// <inheritdoc/>
    public CallStatus Initialize(uint domainId)
        => Find(domainId)?.Instance is { } instance
            ? (CallStatus)Gate.Enter(instance.Control, instance.EntryPoint, null, 0)
            : CallStatus.NotFound;

    /// <inheritdoc/>
    public CallStatus Start(uint domainId)
    {
        if (Find(domainId) is not { Control: { } control, Instance: { } instance })
        {
            return CallStatus.NotFound;
        }

        CallStatus status = control.Start().Status;
        instance.SetBudget(Watchdog.DefaultBudgetTicks);
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

        if (kind == MisbehaviorKind.Privileged && !PrivilegedPatch.TryApply(instance))
        {
            return CallStatus.NotSupported;
        }

        Log.Write($"{place.ExtensionName}: told to misbehave, {kind}");
        return control.Misbehave(kind, DescriptorTables.TimerGateAddress).Status;
    }

    /// <summary>The place of an extension, or null.</summary>
    public HostedDomain? Find(string extensionName)
    {
        lock (_sync)
        {
            return _places.Find(place => place.ExtensionName == extensionName);
        }
    }

    /// <summary>An image that was loaded before, or null.</summary>
    public PristineImage? FindImage(string imageName)
    {
        lock (_sync)
        {
            return _images.GetValueOrDefault(imageName);
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
                objects += place.Instance?.Objects.Count ?? 0;
            }

            return objects;
        }
    }

    /// <summary>Counts the pages of all instances together.</summary>
    public long CountPages()
    {
        lock (_sync)
        {
            ulong pages = 0;
            foreach (HostedDomain place in _places)
            {
                pages += place.Instance?.CountPages() ?? 0;
            }

            return (long)pages;
        }
    }

    /// <summary>The network stack that runs now, or null.</summary>
    public INetworkStack? FindNetworkStack()
    {
        lock (_sync)
        {
            return _places.Find(place => place.Instance is { IsAlive: true } instance
                && instance.GetEntryPoints(NetworkStackProxy.Contract).Length != 0)?.NetworkStack;
        }
    }

    /// <summary>
    /// Takes an image in the place of any other of that name; instances that run are not touched. Returns null, or why it is refused.
    /// </summary>
    public string? Replace(string imageName, byte[] content)
    {
        PristineImage? image = PristineImage.TryOpen(imageName, content, ImageKind.Extension, out string? refusal);
        if (image is not null)
        {
            lock (_openingImages)
            {
                lock (_sync)
                {
                    ImageFiles.Take(imageName, content);
                    _images.Remove(imageName, out PristineImage? replaced);
                    _images.Add(imageName, image);
                    replaced?.Shared.Release();
                }
            }
        }

        return refusal;
    }

    /// <summary>Makes the code that instances of an image share as it was built. Returns how many bytes had changed.</summary>
    public int Mend(string imageName)
    {
        PristineImage? image;
        ReadOnlySpan<byte> file;
        lock (_sync)
        {
            if (!_images.TryGetValue(imageName, out image))
            {
                return 0;
            }

            file = image.File;
            image.Shared.Hold();
        }

        int bytes = image.Shared.RestorePristine(file);
        image.Shared.Release();
        return bytes;
    }

    /// <summary>An image, read and verified if nobody did so before. Null, and one line that says why it is refused.</summary>
    public PristineImage? Open(string imageName, bool isProcess, out string? refusal)
    {
        lock (_openingImages)
        {
            refusal = null;
            if (!_images.TryGetValue(imageName, out PristineImage? image))
            {
                image = PristineImage.TryOpen(imageName, isProcess ? ImageKind.Process : ImageKind.Extension, out refusal);
                if (image is not null)
                {
                    lock (_sync)
                    {
                        _images.Add(imageName, image);
                    }
                }
            }

            return image;
        }
    }

    // As one step: an image that is replaced between being opened and being loaded would be loaded from the bytes of another.
    private string? Load(Domain instance, string imageName, bool isProcess)
    {
        lock (_openingImages)
        {
            return Open(imageName, isProcess, out string? refusal) is { } image
                ? DomainLoader.TryLoad(instance, image.File, image.Layout, image.Shared)
                : refusal;
        }
    }

    private HostedDomain? Find(uint domainId)
    {
        lock (_sync)
        {
            return _places.Find(place => place.Id == domainId);
        }
    }
}
