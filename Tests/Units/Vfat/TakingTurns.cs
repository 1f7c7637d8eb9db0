using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>Several who want files at once.</summary>
public sealed class TakingTurns
{
    private const int Callers = 8;

    // Each looked now and then whether the turn was free, and whoever came at the right moment had it, as often as he liked.
    [Fact]
    public async Task WhoComesFirstIsServedFirst()
    {
        using SemaphoreSlim waiting = new(0);
        FileCallTurn turns = new(() => new ThreadSignal(waiting));
        List<int> served = [];
        Task[] callers = new Task[Callers];
        FileCallTurn.Turn first = turns.Take();
        for (int caller = 0; caller < Callers; caller++)
        {
            int number = caller;
            callers[number] = Task.Factory.StartNew(() => Serve(number), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            waiting.Wait(CancellationToken.None);
        }

        // Who has just had his turn and wants another one comes behind those who wait.
        first.Dispose();
        Serve(Callers);
        await Task.WhenAll(callers);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], served);

        void Serve(int caller)
        {
            using FileCallTurn.Turn turn = turns.Take();
            Assert.True(turn.IsTaken);
            served.Add(caller);
        }
    }

    [Fact]
    public async Task WhoIsStoppedWhileHeWaitsLetsTheNextOneThrough()
    {
        using SemaphoreSlim waiting = new(0);
        List<ThreadSignal> signals = [];
        FileCallTurn turns = new(() =>
        {
            ThreadSignal signal = new(waiting);
            signals.Add(signal);
            return signal;
        });
        FileCallTurn.Turn first = turns.Take();
        Task<bool> stopped = Task.Factory.StartNew(Take, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        waiting.Wait(CancellationToken.None);
        Task<bool> next = Task.Factory.StartNew(Take, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        waiting.Wait(CancellationToken.None);

        // The turn is given to him, and he is stopped before he takes it.
        signals[0].IsCancelled = true;
        first.Dispose();
        Assert.False(await stopped);
        Assert.True(await next);
        Assert.True(Take());

        bool Take()
        {
            using FileCallTurn.Turn turn = turns.Take();
            return turn.IsTaken;
        }
    }

    private sealed class ThreadSignal(SemaphoreSlim waiting) : IKernelSignal
    {
        private readonly SemaphoreSlim _set = new(0, 1);

        public bool IsCancelled { get; set; }

        public void Set() => _set.Release();

        public WaitOutcome Wait(long timeoutNanoseconds)
        {
            if (timeoutNanoseconds < 0)
            {
                waiting.Release();
            }

            bool isSet = _set.Wait(timeoutNanoseconds < 0 ? Timeout.Infinite : 0);
            return IsCancelled ? WaitOutcome.Cancelled : isSet ? WaitOutcome.Signalled : WaitOutcome.TimedOut;
        }
    }
}
