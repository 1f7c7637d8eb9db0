using System;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Image.Hosting;
using NooksOS.Isolation;
using NooksOS.Kernel.Cpu;
using NooksOS.ObjectTracker;
using NooksOS.Recovery;
using NooksOS.Wrappers;

namespace NooksOS.Image.Processes;

/// <summary>
/// One run of a program at ring 3, from loading its image to taking everything back: a domain that is never restarted. Life:
/// <see cref="TryLoad"/>, <see cref="TryStart"/>, <see cref="WaitForEnd"/>, <see cref="TakeAway"/>.
/// </summary>
internal sealed unsafe class Process
{
    private const long LookNanoseconds = 20_000_000;
    private const long LeaveNanoseconds = 1_000_000_000;

    private readonly IKernelSignal _news;
    private readonly DomainChannel _channel;
    private readonly Lock _calls = new();
    private int _status;
    private bool _hasExited;
    private volatile bool _isInterrupted;
    private bool _isTaken;

    private Process(Domain instance, string imageName, IKernelSignal news)
    {
        Instance = instance;
        ImageName = imageName;
        _news = news;
        _channel = new DomainChannel((nint)instance.Control);
    }

    /// <summary>The domain.</summary>
    public Domain Instance { get; }

    /// <summary>The program.</summary>
    public string ImageName { get; }

    /// <summary>Loads a program. Null, and one line that says why.</summary>
    public static Process? TryLoad(string name, PristineImage image, TrackerLedger ledger, IKernelSignal news, out string? refusal)
    {
        Domain? instance = Domain.TryCreate(name, ProtectionBackEnd.Ring3, ObjectQuotas.Default, ledger);
        if (instance is null)
        {
            refusal = "there is no room for another process";
            return null;
        }

        refusal = DomainLoader.TryLoad(instance, image.File, image.Layout, image.Shared);
        if (refusal is not null)
        {
            instance.Free();
            return null;
        }

        return new Process(instance, name, news);
    }

    /// <summary>Brings the program to its first instruction. Its services must be there.</summary>
    public CallStatus TryStart()
    {
        CallStatus status = (CallStatus)Gate.Enter(Instance.Control, Instance.EntryPoint, null, 0);
        if (status == CallStatus.Ok)
        {
            status = new ExtensionControlProxy(_channel).Start().Status;
        }

        // From here on it may compute as long as it likes: whoever started it can interrupt it.
        Instance.SetBudget(ulong.MaxValue);
        return status;
    }

    /// <summary>The program says that it is done. What it does afterwards is of no interest.</summary>
    public void NoteExit(int status)
    {
        if (!_hasExited)
        {
            _status = status;
            Volatile.Write(ref _hasExited, true);
            _news.Set();
        }
    }

    /// <summary>The program is to be stopped, by whoever wants it.</summary>
    public void Interrupt()
    {
        _isInterrupted = true;
        _news.Set();
    }

    /// <summary>Makes the program misbehave for real, from inside.</summary>
    public CallStatus Misbehave(MisbehaviorKind kind)
    {
        // Whoever takes it away kills it first, which ends the call, and waits for this.
        lock (_calls)
        {
            if (_isTaken)
            {
                return CallStatus.DomainDied;
            }

            return kind == MisbehaviorKind.Privileged && !PrivilegedPatch.TryApply(Instance)
                ? CallStatus.NotSupported
                : new ExtensionControlProxy(_channel).Misbehave(kind, DescriptorTables.TimerGateAddress).Status;
        }
    }

    /// <summary>Waits until the program is done, has failed, or is to be stopped.</summary>
    public ProcessEnd WaitForEnd(CancellationToken cancellation)
    {
        // A death wakes nobody here, but is found soon.
        using CancellationTokenRegistration registration = cancellation.Register(_news.Set);
        while (true)
        {
            if (Volatile.Read(ref _hasExited))
            {
                return new ProcessEnd(ProcessEndKind.Exited, _status, null);
            }

            if (!Instance.IsAlive)
            {
                return new ProcessEnd(ProcessEndKind.Failed, 0, FaultReports.Make(0, Instance));
            }

            if (_isInterrupted || cancellation.IsCancellationRequested)
            {
                return new ProcessEnd(ProcessEndKind.Interrupted, 0, null);
            }

            _news.Wait(LookNanoseconds);
        }
    }

    /// <summary>Takes the process down and everything back that it held. One line for each thing that is lost.</summary>
    public string? TakeAway()
    {
        DomainFault end = default;
        end.Kind = FaultKind.Requested;
        DomainDeath.Kill(Instance.Control, in end);
        lock (_calls)
        {
            _isTaken = true;
        }

        // As for an extension: silence, then empty, then objects, then memory, each of which may be used by what goes before.
        Instance.Objects.Close();
        Instance.Objects.QuiesceAll();
        if (!Instance.TryWaitUntilEmpty(LeaveNanoseconds))
        {
            return "a thread did not leave it: its memory is lost";
        }

        ReleaseReport released = Instance.Objects.ReleaseAll();
        _channel.Close();
        FaultTexts.Take(Instance.DomainId);
        Instance.Free();
        return released.Leaked == 0 ? null : $"{released.Leaked} objects could not be taken back";
    }
}
