using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using NooksOS.Recovery;

namespace NooksOS.Tests.Units.Recovery;

/// <summary>An isolation layer that writes down what is asked of it. Each step takes a microsecond.</summary>
internal sealed class FakeDomains(FakeClock clock, List<string> events) : IDomainControl
{
    private const long StepNanoseconds = 1000;

    private readonly Dictionary<uint, HandleTable> _objects = [];
    private readonly Dictionary<uint, string> _names = [];
    private uint _lastDomainId;

    public TrackerLedger Ledger { get; } = new();

    public Queue<FaultReport> Left { get; } = [];

    /// <summary>What an instance does in its start.</summary>
    public Func<uint, CallStatus> OnStart { get; set; } = _ => CallStatus.Ok;

    public Func<uint, CallStatus> OnStop { get; set; } = _ => CallStatus.Ok;

    public Func<string, string?> OnLoad { get; set; } = _ => null;

    public List<string> Prepared { get; } = [];

    public bool IsStuck { get; set; }

    public bool IsFull { get; set; }

    public ulong PagesLost { get; set; }

    public ulong Pages(uint domainId) => _objects.ContainsKey(domainId) ? 100u : PagesLost;

    public bool TryCreate(string extensionName, out uint domainId)
    {
        domainId = IsFull ? 0 : ++_lastDomainId;
        _names[domainId] = extensionName;
        return !IsFull;
    }

    public void Remove(uint domainId) => Log("remove", domainId);

    public FaultReport? TakeFault() => Left.TryDequeue(out FaultReport? report) ? report : null;

    public void Stop(uint domainId) => Log("stop", domainId);

    public bool WaitUntilEmpty(uint domainId, long timeoutNanoseconds)
    {
        Log("empty", domainId);
        return !IsStuck;
    }

    public HandleTable? GetObjects(uint domainId) => _objects.GetValueOrDefault(domainId);

    public ulong CountPages(uint domainId) => Pages(domainId);

    public void FreeMemory(uint domainId)
    {
        Log("free", domainId);
        _objects.Remove(domainId);
    }

    public void Prepare(string extensionName, string imageName) => Prepared.Add(imageName);

    public LoadOutcome LoadInstance(uint domainId, string imageName)
    {
        Log(Standbys.Remove(domainId) ? $"take {imageName}" : $"load {imageName}", domainId);
        string? error = OnLoad(imageName);
        if (error is null)
        {
            _objects[domainId] = new HandleTable(domainId, ObjectQuotas.Default, Ledger);
        }

        return new LoadOutcome(error);
    }

    /// <summary>Whether a domain may have a standby.</summary>
    public bool HasRoomForStandbys { get; set; }

    public HashSet<uint> Standbys { get; } = [];

    public bool TryPrepareStandby(uint domainId, string imageName)
    {
        if (!HasRoomForStandbys || !Standbys.Add(domainId))
        {
            return false;
        }

        Log($"standby {imageName}", domainId);
        return true;
    }

    public void DropStandby(uint domainId) => Standbys.Remove(domainId);

    public CallStatus Initialize(uint domainId)
    {
        Log("initialize", domainId);
        return CallStatus.Ok;
    }

    public CallStatus Start(uint domainId)
    {
        Log("start", domainId);
        return OnStart(domainId);
    }

    public CallStatus RequestStop(uint domainId)
    {
        Log("request stop", domainId);
        return OnStop(domainId);
    }

    private void Log(string what, uint domainId)
    {
        clock.Advance(StepNanoseconds);
        events.Add($"{what} {_names[domainId]}");
    }
}
