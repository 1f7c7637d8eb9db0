using System.Threading;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The signal that a serving thread waits for, and whether that thread gets to its work. While it does not, because the machine is slow
/// or more urgent threads are busy, that an extension does nothing is no fault of the extension's. Nor is it a silence while the thread is
/// in a call: how long that may take is the watchdog's business.
/// </summary>
/// <param name="signal">What the thread waits for.</param>
internal sealed class WorkTurns(IKernelSignal signal) : IKernelSignal
{
    private ulong _turns;
    private ulong _turnsSeen;
    private bool _isAsked;
    private bool _isInTurn;

    /// <summary>Whether the thread is at its work.</summary>
    public bool IsInTurn => Volatile.Read(ref _isInTurn);

    /// <inheritdoc/>
    public void Set()
    {
        Volatile.Write(ref _isAsked, true);
        signal.Set();
    }

    /// <inheritdoc/>
    public WaitOutcome Wait(long timeoutNanoseconds) => signal.Wait(timeoutNanoseconds);

    /// <summary>The thread does what there is to do.</summary>
    public void BeginTurn()
    {
        Volatile.Write(ref _isAsked, false);
        Volatile.Write(ref _isInTurn, true);
        Volatile.Write(ref _turns, _turns + 1);
    }

    /// <summary>There is nothing more to do, for now.</summary>
    public void EndTurn() => Volatile.Write(ref _isInTurn, false);

    /// <summary>Whether the thread had something to do and has begun nothing since this was asked last.</summary>
    public bool WasHeldUp()
    {
        ulong turns = Volatile.Read(ref _turns);
        bool wasHeldUp = turns == _turnsSeen && (Volatile.Read(ref _isAsked) || Volatile.Read(ref _isInTurn));
        _turnsSeen = turns;
        return wasHeldUp;
    }
}
