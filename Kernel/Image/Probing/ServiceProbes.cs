using System;
using System.IO;
using System.Threading.Tasks;
using NooksOS.Contracts;
using NooksOS.Image.Hosting;
using NooksOS.Kernel.Threads;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using NooksOS.Sockets;

namespace NooksOS.Image.Probing;

/// <summary>
/// Finds services that go on and do the wrong thing: while the network is in use, the kernel asks each of them what it knows the answer
/// of, by the way that a client's request takes. The stack is asked before whoever stands on it, so that the right one is blamed.
/// </summary>
/// <remarks>
/// That an answer is missing may have another cause than the one who is blamed: see <see cref="ProbeSuspicion"/>.
/// </remarks>
internal sealed class ServiceProbes(
    NetworkDeviceShadow network, RecoveryManager manager, DomainHost host, ISocketServices sockets, IKernelClock clock, IProbe[] probes)
{
    private const long StepNanoseconds = 5_000_000;
    private const long IdlePauseNanoseconds = 250_000_000;

    // So many ticks without work, and asking costs nobody anything: users may be waiting for what does not come.
    private const ulong IdleTicks = 8;

    // Under load a round takes long, and others should have some time without one.
    private const long LongestPauseNanoseconds = 20_000_000;

    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(2);

    private readonly SocketLoop _loop = new(sockets);
    private readonly AskedService[] _asked = Array.ConvertAll(probes, probe => new AskedService(probe));
    private uint _questions;
    private uint _rounds;

    /// <summary>Whether anybody is asked.</summary>
    public bool IsOn
    {
        get => network.IsProbed;
        set => network.IsProbed = value;
    }

    /// <summary>The thread that asks. Does not return.</summary>
    public void Run()
    {
        long pause = IdlePauseNanoseconds;
        while (true)
        {
            Pause(pause);
            pause = IdlePauseNanoseconds;
            if (IsOn && network.FindProbeTarget() is { IsInUse: true } target)
            {
                long start = clock.NowNanoseconds;
                _rounds++;
                AskAll(target);
                long taken = clock.NowNanoseconds - start;
                pause = Math.Min(taken, LongestPauseNanoseconds);
            }
        }
    }

    // What others do goes on meanwhile. Where they do nothing any more, the pause is over.
    private void Pause(long nanoseconds)
    {
        long end = clock.NowNanoseconds + nanoseconds;
        ulong idleAtStart = Scheduler.IdleTicks;
        do
        {
            clock.Sleep(IsOn ? StepNanoseconds : nanoseconds);
        }
        while (clock.NowNanoseconds < end && (!IsInUse || Scheduler.IdleTicks - idleAtStart < IdleTicks));
    }

    private bool IsInUse => IsOn && network.FindProbeTarget() is { IsInUse: true };

    private void AskAll(ProbeTarget target)
    {
        for (int index = 0; index < _asked.Length; index++)
        {
            AskedService asked = _asked[index];
            ExtensionStatus? before = manager.Describe(asked.Probe.Extension);
            if (before is not { State: ExtensionState.Running, DomainId: { } domainId })
            {
                return;
            }

            asked.Meet(before.Generation);
            ProbeAnswer answer = Ask(asked, domainId, target);
            if (answer is { Verdict: FaultKind.Silence, IsProved: false })
            {
                // Frames may be lost, and each may be late once.
                answer = Ask(asked, domainId, target, isAgain: true);
            }

            bool isSame = manager.Describe(asked.Probe.Extension) is { State: ExtensionState.Running } after
                && after.Generation == before.Generation
                && network.FindProbeTarget() is { } now
                && (now.Address, now.Instance) == (target.Address, target.Instance);
            if (!isSame || answer.IsMeaningless)
            {
                return;
            }

            if (answer.Verdict is { } kind)
            {
                // What it stands on may have failed only now, unless it does not wait for that at all.
                bool isToBlame = asked.Suspicion.IsTrusted && (answer.IsProved || AllAnswer(_asked.AsSpan(0, index), target));
                uint? foundation = asked.Probe.IsOfStack ? null : target.Instance;
                switch (asked.Suspicion.Judge(before.Generation, foundation, isToBlame, answer.IsFinal))
                {
                    case ProbeSuspect.Asked:
                        Report(before, kind, answer.Complaint);
                        break;

                    case ProbeSuspect.Foundation when manager.Describe(_asked[0].Probe.Extension) is { } stack:
                        Report(stack, kind, $"{asked.Probe.Extension}: {answer.Complaint}, and was replaced for that before");
                        break;
                }

                return;
            }

            asked.Suspicion.NoteAnswer();
        }
    }

    private void Report(ExtensionStatus blamed, FaultKind kind, string complaint)
    {
        if (blamed.DomainId is { } domainId)
        {
            manager.Report(new FaultReport
            {
                DomainId = domainId,
                Instance = blamed.Generation,
                Kind = kind,
                TimeNanoseconds = clock.NowNanoseconds,
                Detail = complaint,
            });
        }
    }

    private bool AllAnswer(ReadOnlySpan<AskedService> services, ProbeTarget target)
    {
        foreach (AskedService asked in services)
        {
            if (manager.Describe(asked.Probe.Extension)?.DomainId is not { } domainId || Ask(asked, domainId, target) != ProbeAnswer.Right)
            {
                return false;
            }
        }

        return true;
    }

    private ProcessorTicks TicksOf(uint domainId) => new(Scheduler.Ticks, Scheduler.IdleTicks, host.CountRanTicks(domainId));

    private ulong EffectsOf(AskedService asked, uint domainId)
        => asked.Probe.IsOfStack ? network.FramesPassed : host.CountTransferredBytes(domainId);

    private ProbeAnswer Ask(AskedService asked, uint domainId, ProbeTarget target, bool isAgain = false)
    {
        ushort port = ProbePorts.Of(_questions++, _rounds);
        try
        {
            asked.Patience.Begin(TicksOf(domainId), EffectsOf(asked, domainId), isAgain);
            Task<string?> asking = asked.Probe.AskAsync(_loop, new IPAddress(target.Address), port);
            while (!asking.IsCompleted && !asked.Patience.IsOver(TicksOf(domainId), EffectsOf(asked, domainId)))
            {
                _loop.RunOnce(s_step);
            }

            if (!asking.IsCompleted)
            {
                _loop.AbortAll();

                // It ends now with an error that says nothing.
                _ = asking.Exception;
                ProcessorTicks now = TicksOf(domainId);
                if (asked.Patience.WorksInVain(now))
                {
                    return new ProbeAnswer(FaultKind.Silence, "works on and on in vain and does not answer probes", IsProved: true);
                }

                // Somebody keeps the thread that would bring the question or the answer: the watchdog knows who.
                return network.FindProbeTarget() is { IsMoving: false }
                    ? new ProbeAnswer(FaultKind.Silence, "does not answer probes", IsFinal: asked.Patience.IsForgotten(now))
                    : ProbeAnswer.None;
            }

            if (asking.GetAwaiter().GetResult() is { } complaint)
            {
                return new ProbeAnswer(FaultKind.BadReply, complaint, IsFinal: true);
            }

            asked.Patience.NoteAnswer(TicksOf(domainId));
            return ProbeAnswer.Right;
        }
        catch (SocketException failure) when (failure.Status is CallStatus.ConnectionReset or CallStatus.ConnectionRefused)
        {
            return new ProbeAnswer(FaultKind.BadReply, $"breaks a probe off: {failure.Message}", IsFinal: true);
        }
        catch (IOException)
        {
            // It was not even asked: for want of a port, say.
            return ProbeAnswer.None;
        }
    }
}
