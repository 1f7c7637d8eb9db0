using System;
using NooksOS.Recovery;

namespace NooksOS.Tests.Units.Storage;

/// <summary>A signal of somebody who waits for a disk: the machine goes on until it is set. That it never is, is a failure.</summary>
internal sealed class DiskSignal(Action step) : IKernelSignal
{
    private const int MaximumSteps = 10_000;

    private bool _isSet;

    public void Set() => _isSet = true;

    public WaitOutcome Wait(long timeoutNanoseconds)
    {
        for (int count = 0; !_isSet && timeoutNanoseconds != 0 && count < MaximumSteps; count++)
        {
            step();
        }

        WaitOutcome outcome = _isSet ? WaitOutcome.Signalled : WaitOutcome.TimedOut;
        _isSet = false;
        return outcome;
    }
}
