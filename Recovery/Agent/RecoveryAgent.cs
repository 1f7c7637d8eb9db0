using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Agent;

/// <summary>
/// The recovery agent: a ring-3 process that decides what happens to extensions that failed. It holds no power over them; the
/// kernel checks its answers and goes on without it if it does not answer.
/// </summary>
public sealed class RecoveryAgent : IExtension
{
    private const long WaitForEver = -1;

    private FaultDesk? _desk;
    private volatile bool _stopping;

    /// <inheritdoc/>
    public CallResult Start(IExtensionServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _desk = new FaultDesk(services.Recovery, services.State, services.Log);

        // A thread of its own, so that the kernel can still call the agent while it waits for a failure.
        new Thread(Work) { IsBackground = true, Name = "faults" }.Start();
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult Stop()
    {
        _stopping = true;
        return CallResult.Ok;
    }

    private void Work()
    {
        CallStatus status = CallStatus.Ok;
        while (!_stopping && status is CallStatus.Ok or CallStatus.TimedOut)
        {
            status = _desk!.HandleNext(WaitForEver);
        }
    }
}
