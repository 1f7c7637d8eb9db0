using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Image.Hosting;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery.Commands;
using ThreadPriority = NooksOS.Kernel.Threads.ThreadPriority;

namespace NooksOS.Image.Commands;

/// <summary><c>background LINE…</c>: runs commands while others are run.</summary>
internal sealed class BackgroundCommand(CommandRegistry commands) : ICommand
{
    private const string Wait = "wait";
    private const string Name = "name";
    private const string Watch = "watch";
    private const int MaximumLines = 8;
    private const int MaximumWatchMilliseconds = 60_000;
    private const long NanosecondsPerMillisecond = 1_000_000;

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(20);

    private readonly Lock _sync = new();
    private readonly Dictionary<string, Job> _jobs = [];
    private readonly KernelSignal _advanced = new();

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "background",
        Summary = "run commands while others are run",
        Arguments = "[LINE...]",
        MaximumArguments = MaximumLines,
        Options =
        [
            new CommandOption(Name, "NAME", "tells jobs apart that run at the same time"),
            new CommandOption(Wait, null, "wait until it has ended, print what it printed, and end as it did"),
            new CommandOption(Watch, "MS", "wait so long at most until one of all jobs has gone on since this was asked last, and list them"),
            CommandOption.Json,
        ],
        Details = "Several lines are run one after the other, up to the first that fails. Without LINE it says whether the job runs, and which\n"
            + "line, and fails while it does. One job of a name at a time.",
    };

    public int Run(ShellContext context)
    {
        if (context.Arguments.Has(Watch))
        {
            long milliseconds = context.Arguments.GetNumber(Watch, 0, 0, MaximumWatchMilliseconds);
            _advanced.Wait(milliseconds * NanosecondsPerMillisecond);
            context.Print(List());
            return ExitCode.Success;
        }

        string name = context.Arguments.GetOption(Name) ?? string.Empty;
        if (context.Arguments.Positional.Count != 0)
        {
            Job job = new(commands, context.Arguments.Positional, _advanced);
            Add(name, job);
            KernelThreads.Start("background"u8, ThreadPriority.Normal, job.Run);
            return ExitCode.Success;
        }

        Job running = Find(name) ?? throw new CommandFailureException("no such command runs in the background");
        if (!context.Arguments.Has(Wait))
        {
            context.Output.WriteLine(running.HasEnded ? "it has ended" : $"it runs line {running.Line} of {running.Lines}");
            return running.HasEnded ? ExitCode.Success : ExitCode.Failure;
        }

        while (!running.HasEnded)
        {
            context.Sleep(s_poll);
        }

        context.Output.Write(running.Text);
        return running.Code;
    }

    private void Add(string name, Job job)
    {
        lock (_sync)
        {
            if (_jobs.TryGetValue(name, out Job? other) && !other.HasEnded)
            {
                throw new CommandFailureException("a command runs in the background already");
            }

            _jobs[name] = job;
        }
    }

    private Table List()
    {
        Table table = new(
            new TableColumn("JOB", "name"), new TableColumn("LINE", "line"), new TableColumn("LINES", "lines"), new TableColumn("ENDED", "hasEnded"));
        lock (_sync)
        {
            foreach ((string name, Job job) in _jobs)
            {
                // Once it has ended, which is said last, its line is the last one.
                bool hasEnded = job.HasEnded;
                table.Add(name, job.Line, job.Lines, hasEnded);
            }
        }

        return table;
    }

    private Job? Find(string name)
    {
        lock (_sync)
        {
            return _jobs.GetValueOrDefault(name);
        }
    }

    private sealed class Job(CommandRegistry commands, IReadOnlyList<string> lines, KernelSignal advanced)
    {
        private readonly CapturedOutput _output = new();
        private volatile int _line;
        private volatile bool _hasEnded;

        public bool HasEnded => _hasEnded;

        public int Lines => lines.Count;

        public int Line => _line;

        public int Code { get; private set; }

        public ReadOnlySpan<byte> Text => _output.Text;

        public void Run()
        {
            while (_line < lines.Count && Code == ExitCode.Success)
            {
                string line = lines[_line];
                _line++;
                advanced.Set();
                Code = commands.Run(line, _output, CancellationToken.None);
            }

            _hasEnded = true;
            advanced.Set();
        }
    }
}
