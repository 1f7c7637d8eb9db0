using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using Xunit;

namespace NooksOS.Tests.Units.ObjectTracker;

public sealed class ConcurrentUse
{
    [Fact]
    public async Task SeveralThreadsAddResolveAndReleaseAndNothingLeaks()
    {
        const int Threads = 4;
        const int Rounds = 5000;
        TrackerLedger ledger = new();
        HandleTable table = new(1, new ObjectQuotas(100_000, 1 << 30), ledger);
        int wrong = 0;
        Task[] tasks = new Task[Threads];
        for (int thread = 0; thread < Threads; thread++)
        {
            int owner = thread;
            tasks[thread] = Task.Run(() =>
            {
                List<string> events = [];
                Queue<Handle<TrackedObjects.Lock>> held = [];
                for (int round = 0; round < Rounds; round++)
                {
                    held.Enqueue(table.Add<TrackedObjects.Lock>(new FakeObject($"{owner}", events, sizeBytes: 8)).Value);
                    Handle<TrackedObjects.Lock> oldest = held.Peek();
                    if (!table.TryResolve(oldest, out FakeObject found) || found.Description != $"{owner}")
                    {
                        Interlocked.Increment(ref wrong);
                    }

                    if (round % 3 != 0)
                    {
                        held.Dequeue();
                        if (table.Release(oldest.Slot, oldest.Generation) != CallStatus.Ok || table.TryResolve(oldest, out found))
                        {
                            Interlocked.Increment(ref wrong);
                        }
                    }
                }
            });
        }

        await Task.WhenAll(tasks);
        uint held = table.Count;
        ReleaseReport report = table.ReleaseAll();

        Assert.Equal(0, wrong);
        Assert.Equal((held, 0u), (report.Released, report.Leaked));
        Assert.Equal((Threads * Rounds, 0), (ledger.Created, ledger.Live));
        Assert.Equal(0u, table.Memory.LiveBytes);
    }
}
