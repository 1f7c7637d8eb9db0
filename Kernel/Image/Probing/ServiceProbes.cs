using System;
using System.IO;
using System.Threading.Tasks;
using NooksOS.Contracts;
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
    NetworkDeviceShadow network, RecoveryManager manager, ISocketServices sockets, IKernelClock clock, IKernelClock ticks, IProbe[] probes)
{
    private const long PeriodNanoseconds = 25_000_000;
    private const long IdlePeriodNanoseconds = 250_000_000;

    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(5);

    private readonly SocketLoop _loop = new(sockets);
    private readonly bool[] _isTrusted = new bool[probes.Length];
    private ushort _asked;

    /// <summary>The thread that asks. Does not return.</summary>
    public void Run()
    {
        while (true)
        {
            clock.Sleep(network.FindProbeTarget() is { IsInUse: true } ? PeriodNanoseconds : IdlePeriodNanoseconds);
            if (network.FindProbeTarget() is { IsInUse: true } target)
            {
                AskAll(target);
            }
        }
    }

    private void AskAll(in ProbeTarget target)
    {
        for (int index = 0; index < probes.Length; index++)
        {
            ExtensionStatus? before = manager.Describe(probes[index].Extension);
            if (before is not { State: ExtensionState.Running, DomainId: { } domainId })
            {
                return;
            }

            string? complaint = Ask(probes[index], target, out FaultKind kind);
            bool isSame = manager.Describe(probes[index].Extension) is { State: ExtensionState.Running } after
                && after.Generation == before.Generation
                && network.FindProbeTarget() is { } now
                && (now.Address, now.Instance) == (target.Address, target.Instance);
            if (!isSame)
            {
                return;
            }

            if (complaint is not null)
            {
                if (_isTrusted[index])
                {
                    manager.Report(new FaultReport { DomainId = domainId, Kind = kind, TimeNanoseconds = clock.NowNanoseconds, Detail = complaint });
                }

                _isTrusted[index] = false;
                return;
            }

            _isTrusted[index] = true;
        }
    }

    private string? Ask(IProbe probe, in ProbeTarget target, out FaultKind kind)
    {
        ProbePatience patience = new(ticks, () => network.FindProbeTarget()?.FramesMoved ?? 0);
        ushort port = (ushort)(ProbePorts.First + (_asked++ % ProbePorts.Count));
        kind = FaultKind.Silence;
        Task<string?> asking;
        try
        {
            asking = probe.AskAsync(_loop, new IPAddress(target.Address), port);
            while (!asking.IsCompleted && !patience.IsOver())
            {
                _loop.RunOnce(s_step);
            }

            if (!asking.IsCompleted)
            {
                _loop.AbortAll();

                // It ends now with an error that says nothing.
                _ = asking.Exception;
                return "does not answer a probe";
            }

            kind = FaultKind.BadReply;
            return asking.GetAwaiter().GetResult();
        }
        catch (IOException failure)
        {
            return $"breaks a probe off: {failure.Message}";
        }
    }
}
