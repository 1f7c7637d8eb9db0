using System;
using System.IO;
using System.Threading.Tasks;
using NooksOS.Contracts;
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
/// That an answer is missing may have another cause than the one who is blamed. So each is blamed only if it has answered since the last
/// time: one whose replacement does not answer either costs a single restart.
/// </remarks>
internal sealed class ServiceProbes(
    NetworkDeviceShadow network, RecoveryManager manager, ISocketServices sockets, IKernelClock clock, IProbe[] probes)
{
    private const long StepNanoseconds = 5_000_000;
    private const long IdlePauseNanoseconds = 250_000_000;

    // So many ticks without work, and asking costs nobody anything: users may be waiting for what does not come.
    private const ulong IdleTicks = 8;

    // Under load a round takes long, and others should not wait for it too often.
    private const long PausesPerRound = 2;
    private const long LongestPauseNanoseconds = 200_000_000;

    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(5);

    private readonly SocketLoop _loop = new(sockets);
    private readonly bool[] _isTrusted = new bool[probes.Length];
    private ushort _asked;

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
                AskAll(target);
                long taken = clock.NowNanoseconds - start;
                pause = Math.Min(PausesPerRound * taken, LongestPauseNanoseconds);
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
        for (int index = 0; index < probes.Length; index++)
        {
            ExtensionStatus? before = manager.Describe(probes[index].Extension);
            if (before is not { State: ExtensionState.Running, DomainId: { } domainId })
            {
                return;
            }

            ProbeAnswer answer = Ask(probes[index], target);
            if (answer.Verdict == FaultKind.Silence)
            {
                // Frames may be lost, and each may be late once.
                answer = Ask(probes[index], target);
            }

            bool isSame = manager.Describe(probes[index].Extension) is { State: ExtensionState.Running } after
                && after.Generation == before.Generation
                && network.FindProbeTarget() is { } now
                && (now.Address, now.Instance) == (target.Address, target.Instance);
            if (!isSame || answer.IsMeaningless)
            {
                return;
            }

            if (answer.Verdict is { } kind)
            {
                // What it stands on may have failed only now.
                bool isItsOwn = Array.TrueForAll(probes[..index], earlier => Ask(earlier, target) == ProbeAnswer.Right);
                if (isItsOwn && _isTrusted[index])
                {
                    manager.Report(new FaultReport
                    {
                        DomainId = domainId,
                        Instance = before.Generation,
                        Kind = kind,
                        TimeNanoseconds = clock.NowNanoseconds,
                        Detail = answer.Complaint,
                    });
                }

                _isTrusted[index] = false;
                return;
            }

            _isTrusted[index] = true;
        }
    }

    private ProbeAnswer Ask(IProbe probe, ProbeTarget target)
    {
        ProbePatience patience = new();
        ushort port = (ushort)(ProbePorts.First + (_asked++ % ProbePorts.Count));
        try
        {
            Task<string?> asking = probe.AskAsync(_loop, new IPAddress(target.Address), port);
            while (!asking.IsCompleted && !patience.IsOver())
            {
                _loop.RunOnce(s_step);
            }

            if (!asking.IsCompleted)
            {
                _loop.AbortAll();

                // It ends now with an error that says nothing.
                _ = asking.Exception;
                return new ProbeAnswer(FaultKind.Silence, "does not answer probes");
            }

            return asking.GetAwaiter().GetResult() is { } complaint ? new ProbeAnswer(FaultKind.BadReply, complaint) : ProbeAnswer.Right;
        }
        catch (SocketException failure) when (failure.Status is CallStatus.ConnectionReset or CallStatus.ConnectionRefused)
        {
            return new ProbeAnswer(FaultKind.BadReply, $"breaks a probe off: {failure.Message}");
        }
        catch (IOException)
        {
            // It was not even asked: for want of a port, say.
            return ProbeAnswer.None;
        }
    }
}
