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

    /// <summary>Waits for the turn, which ends when the result is disposed of.</summary>
    public Turn Take()
    {
        while (Interlocked.CompareExchange(ref _isTaken, 1, 0) != 0)
        {
            rest.Wait(options.PollNanoseconds);
        }

        return new Turn(this);
    }

    /// <summary>A turn that was taken.</summary>
    public readonly ref struct Turn(FileCallTurn owner) : IDisposable
    {
        private readonly FileCallTurn _owner = owner;

        /// <inheritdoc/>
        public void Dispose() => Volatile.Write(ref _owner._isTaken, 0);
    }
}
