using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace NooksOS.Tool.Host;

/// <summary>Starts programs that do not outlive this one, whatever ends it: the host's kernel ends them (prctl(2), PR_SET_PDEATHSIG).</summary>
/// <remarks>
/// To that kernel the parent is the thread that started a program, and not its process. So one thread starts them all, which ends with the
/// process: those of the pool come and go.
/// </remarks>
public static class BoundProcess
{
    private static readonly TimeSpan s_errorsAfterExit = TimeSpan.FromSeconds(1);

    private const string Launcher = "setpriv";

    // The parent may have ended before its end was asked to be told of.
    private const string StartUnlessOrphaned = "[ \"$PPID\" = \"$0\" ] && exec \"$@\"";

    private static readonly BlockingCollection<Action> s_starts = RunStarter();

    /// <summary>Starts a program; with <paramref name="capture"/> its three streams are pipes.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, bool capture)
        => Start(program, arguments, capture, captureErrors: capture);

    private static Process Start(string program, IEnumerable<string> arguments, bool capture, bool captureErrors)
    {
        TaskCompletionSource<Process> started = new();
        s_starts.Add(() =>
        {
            try
            {
                IReadOnlyList<string> command = Command(Environment.ProcessId, program, arguments);
                started.SetResult(ChildProcess.Start(command[0], command.Skip(1), folder: null, capture, captureErrors));
            }
            catch (HostException failure)
            {
                started.SetException(failure);
            }
        });
        return started.Task.GetAwaiter().GetResult();
    }

    /// <summary>Runs a program on this terminal to its end.</summary>
    public static Task<int> RunOnTerminalAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation)
        => ChildProcess.WaitAsync(Start(program, arguments, capture: false), cancellation);

    /// <summary>Runs a program on this terminal to its end, but for some of its errors.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">What it is told.</param>
    /// <param name="matters">Which lines of its standard error are shown.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<int> RunOnTerminalAsync(
        string program, IEnumerable<string> arguments, Func<string, bool> matters, CancellationToken cancellation)
    {
        Process process = Start(program, arguments, capture: false, captureErrors: true);
        Task showing = new LineCollector(matters).ReadAsync(process.StandardError, static line => Console.Error.WriteLine(line));
        int status = await ChildProcess.WaitAsync(process, cancellation);
        await Task.WhenAny(showing, Task.Delay(s_errorsAfterExit, CancellationToken.None));
        return status;
    }

    /// <summary>The command that becomes a program which ends with the process that has started the command.</summary>
    /// <param name="owner">The number of that process.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">What it is told.</param>
    public static IReadOnlyList<string> Command(int owner, string program, IEnumerable<string> arguments) =>
    [
        Launcher, "--pdeathsig", "KILL", "sh", "-c", StartUnlessOrphaned, owner.ToString(CultureInfo.InvariantCulture), program, .. arguments,
    ];

    private static BlockingCollection<Action> RunStarter()
    {
        BlockingCollection<Action> starts = [];
        Thread starter = new(() =>
        {
            foreach (Action start in starts.GetConsumingEnumerable())
            {
                start();
            }
        })
        {
            IsBackground = true,
            Name = "starter of programs",
        };
        starter.Start();
        return starts;
    }
}
