using System;
using System.Threading;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Lets one call at a time through. Not a lock of the runtime: whoever waits here waits for a file system, and is not to be taken
/// for somebody in a deadlock.
/// </summary>
internal sealed class FileCallTurn(IKernelSignal rest, FileShadowOptions options)
{
    private int _isTaken;

    /// <summary>
    /// Waits for the turn, which ends when the result is disposed of. It is not taken if the caller's domain is being stopped: such a thread
    /// does not wait any more, and would keep the one whose turn it is from the processor.
    /// </summary>
    public Turn Take()
    {
        while (Interlocked.CompareExchange(ref _isTaken, 1, 0) != 0)
        {
            if (rest.Wait(options.PollNanoseconds) == WaitOutcome.Cancelled)
            {
                return default;
            }
        }

        return new Turn(this);
    }

    /// <summary>A turn, if it was taken.</summary>
    public readonly ref struct Turn(FileCallTurn owner) : IDisposable
    {
        private readonly FileCallTurn? _owner = owner;

        /// <summary>Whether it is the caller's turn.</summary>
        public bool IsTaken => _owner is not null;

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_owner is not null)
            {
                Volatile.Write(ref _owner._isTaken, 0);
            }
        }
    }
}
