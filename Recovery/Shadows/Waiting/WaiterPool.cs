using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Keeps waiters for the next call: as many are ever made as threads wait at one time, however many sockets there are. The
/// owner guards it.
/// </summary>
internal sealed class WaiterPool(Func<IKernelSignal> makeSignal)
{
    private Waiter? _free;

    public Waiter Rent()
    {
        if (_free is not { } waiter)
        {
            return new Waiter(makeSignal());
        }

        _free = waiter.Next;
        waiter.Next = null;
        return waiter;
    }

    public void Return(Waiter waiter)
    {
        // It may have been set after its wait had ended for another reason: the next wait must not end at once.
        waiter.Signal.Wait(0);
        waiter.Next = _free;
        _free = waiter;
    }
}
