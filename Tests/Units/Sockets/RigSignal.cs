using NooksOS.Recovery;

namespace NooksOS.Tests.Units.Sockets;

/// <summary>A signal of the rig: a wait runs the rest of the machine, which may set it.</summary>
internal sealed class RigSignal(SocketRig rig) : IKernelSignal
{
    private bool _isSet;

    public void Set() => _isSet = true;

    public WaitOutcome Wait(long timeoutNanoseconds)
    {
        if (!_isSet && timeoutNanoseconds != 0)
        {
            rig.WhileWaiting?.Invoke();
        }

        if (rig.IsStopping && timeoutNanoseconds != 0)
        {
            return WaitOutcome.Cancelled;
        }

        bool wasSet = _isSet;
        _isSet = false;
        if (!wasSet)
        {
            rig.Clock.Advance(long.Max(timeoutNanoseconds, 0));
        }

        return wasSet ? WaitOutcome.Signalled : WaitOutcome.TimedOut;
    }
}
