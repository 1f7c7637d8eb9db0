using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace NooksOS.Image.SelfTests;

/// <summary>CoreLib's threading over the kernel's threads, with collections and exceptions in between.</summary>
internal static class ThreadTests
{
    private const int TimeoutMilliseconds = 5000;

    [ThreadStatic]
    private static int s_own;

    public static IEnumerable<SelfTest> All { get; } =
    [
        new("threads start and end", ThreadsStartAndEnd),
        new("locks under contention", LocksExclude),
        new("thread statics are each thread's own", ThreadStaticsAreSeparate),
        new("monitor wait and pulse", PulsesWake),
        new("waits time out", WaitsTimeOut),
        new("exceptions on many threads", ExceptionsStayOnTheirThread),
        new("collections while threads allocate", CollectionsFindEveryStack),
        new("tasks and continuations", TasksWork),
        new("async and await", AwaitWorks),
        new("timers", TimersFire),
        new("parallel loops", ParallelLoopsWork),
    ];

    private static bool ThreadsStartAndEnd()
    {
        int sum = 0;
        Thread[] threads = Start(8, index => Interlocked.Add(ref sum, index));
        return JoinAll(threads) && sum == 28;
    }

    private static bool LocksExclude()
    {
        Lock guard = new();
        object monitor = new();
        int underLock = 0;
        int underMonitor = 0;
        Thread[] threads = Start(6, _ =>
        {
            for (int round = 0; round < 5000; round++)
            {
                lock (guard)
                {
                    underLock++;
                }

                lock (monitor)
                {
                    underMonitor++;
                }
            }
        });
        return JoinAll(threads) && underLock == 30_000 && underMonitor == 30_000;
    }

    private static bool ThreadStaticsAreSeparate()
    {
        bool separate = true;
        s_own = -1;
        Thread[] threads = Start(5, index =>
        {
            separate &= s_own == 0;
            s_own = index;
            Thread.Yield();
            separate &= s_own == index;
        });
        return JoinAll(threads) && separate && s_own == -1;
    }

    private static bool PulsesWake()
    {
        object monitor = new();
        int turn = 0;
        Thread other = new(() =>
        {
            lock (monitor)
            {
                for (int round = 0; round < 100; round++)
                {
                    while (turn % 2 == 0)
                    {
                        Monitor.Wait(monitor);
                    }

                    turn++;
                    Monitor.Pulse(monitor);
                }
            }
        });
        other.Start();
        lock (monitor)
        {
            for (int round = 0; round < 100; round++)
            {
                turn++;
                Monitor.Pulse(monitor);
                while (turn % 2 == 1)
                {
                    if (!Monitor.Wait(monitor, TimeoutMilliseconds))
                    {
                        return false;
                    }
                }
            }
        }

        return other.Join(TimeoutMilliseconds) && turn == 200;
    }

    private static bool WaitsTimeOut()
    {
        using ManualResetEventSlim never = new();
        long start = Environment.TickCount64;
        bool signaled = never.Wait(30);
        long waited = Environment.TickCount64 - start;
        Thread.Sleep(5);
        return !signaled && waited is >= 29 and < 2000;
    }

    private static bool ExceptionsStayOnTheirThread()
    {
        int caught = 0;
        Thread[] threads = Start(4, index =>
        {
            for (int round = 0; round < 50; round++)
            {
                try
                {
                    try
                    {
                        throw new InvalidOperationException($"{index}");
                    }
                    finally
                    {
                        Thread.Yield();
                    }
                }
                catch (InvalidOperationException exception) when (exception.Message == $"{index}")
                {
                    Interlocked.Increment(ref caught);
                }
            }
        });
        return JoinAll(threads) && caught == 200;
    }

    private static bool CollectionsFindEveryStack()
    {
        int whole = 0;
        Thread[] threads = Start(4, index =>
        {
            List<string> own = [];
            for (int round = 0; round < 2000; round++)
            {
                own.Add($"{index}:{round}");
                if (round % 500 == 0)
                {
                    GC.Collect();
                }
            }

            bool intact = own.Select((text, round) => text == $"{index}:{round}").All(same => same);
            Interlocked.Add(ref whole, intact ? 1 : 0);
        });
        return JoinAll(threads) && whole == 4;
    }

    private static bool TasksWork()
    {
        Task<int>[] tasks = [.. Enumerable.Range(0, 20).Select(number => Task.Run(() => number * number))];
        Task<int> sum = Task.WhenAll(tasks).ContinueWith(all => all.Result.Sum(), TaskScheduler.Default);
        return sum.Wait(TimeoutMilliseconds) && sum.Result == 2470;
    }

    private static bool AwaitWorks()
    {
        Task<string> task = RunAsync();
        return task.Wait(TimeoutMilliseconds) && task.Result == "caught after 3";
    }

    private static bool TimersFire()
    {
        using CountdownEvent fired = new(3);
        using Timer timer = new(
            _ =>
            {
                if (!fired.IsSet)
                {
                    fired.Signal();
                }
            },
            null,
            5,
            5);
        return fired.Wait(TimeoutMilliseconds);
    }

    private static bool ParallelLoopsWork()
    {
        long sum = 0;
        Parallel.For(0, 1000, index => Interlocked.Add(ref sum, index));
        return sum == 499_500;
    }

    private static async Task<string> RunAsync()
    {
        int steps = 0;
        try
        {
            for (int round = 0; round < 3; round++)
            {
                await Task.Delay(2).ConfigureAwait(false);
                steps++;
            }

            await FailAsync().ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            return $"caught after {steps}";
        }

        return "nothing was thrown";
    }

    private static async Task FailAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException();
    }

    private static Thread[] Start(int count, Action<int> body)
    {
        Thread[] threads = new Thread[count];
        for (int index = 0; index < count; index++)
        {
            int number = index;
            threads[index] = new Thread(() => body(number));
            threads[index].Start();
        }

        return threads;
    }

    private static bool JoinAll(Thread[] threads) => threads.All(thread => thread.Join(TimeoutMilliseconds));
}
