using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Carries out calls that may have to wait. Allocates nothing once there are as many waiters as threads wait.</summary>
internal sealed class WaitingCalls(Lock sync, IKernelClock clock, Func<IKernelSignal> makeSignal)
{
    private readonly WaiterPool _waiters = new(makeSignal);

    /// <summary>Repeats the call until it is decided, the time has run out, or the caller's domain is being stopped.</summary>
    /// <param name="call">The call; what it returns besides its status stays in it.</param>
    /// <param name="timeoutNanoseconds">Zero does not wait, a negative time waits for ever.</param>
    public CallStatus Run<TCall>(ref TCall call, long timeoutNanoseconds)
        where TCall : struct, IWaitingCall, allows ref struct
    {
        long end = timeoutNanoseconds > 0 ? EndOf(timeoutNanoseconds) : long.MaxValue;
        while (true)
        {
            Waiter waiter;
            lock (sync)
            {
                if (call.Try() is { } status)
                {
                    return status;
                }

                if (timeoutNanoseconds == 0)
                {
                    return CallStatus.WouldBlock;
                }

                waiter = _waiters.Rent();
                call.Queue.Add(waiter);
            }

            long left = timeoutNanoseconds < 0 ? -1 : end - clock.NowNanoseconds;
            WaitOutcome outcome = left == 0 || (timeoutNanoseconds > 0 && left < 0)
                ? WaitOutcome.TimedOut
                : waiter.Signal.Wait(left);
            lock (sync)
            {
                call.Queue.Remove(waiter);
                _waiters.Return(waiter);

                // What has come when the time ran out was announced to this thread, and perhaps to nobody else.
                if (outcome == WaitOutcome.TimedOut && call.Try() is { } status)
                {
                    return status;
                }
            }

            if (outcome != WaitOutcome.Signalled)
            {
                return outcome == WaitOutcome.Cancelled ? CallStatus.Cancelled : CallStatus.TimedOut;
            }
        }
    }

    private long EndOf(long timeoutNanoseconds)
    {
        long now = clock.NowNanoseconds;
        return timeoutNanoseconds > long.MaxValue - now ? long.MaxValue : now + timeoutNanoseconds;
    }
}
