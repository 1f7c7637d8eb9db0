using System;
using System.Threading;
using NooksOS.Image.Hosting;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery.Commands;
using ThreadPriority = NooksOS.Kernel.Threads.ThreadPriority;

namespace NooksOS.Image.Commands;

/// <summary><c>background LINE</c>: runs a command while others are run.</summary>
internal sealed class BackgroundCommand(CommandRegistry commands) : ICommand
{
    private const string Wait = "wait";

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(20);

    private Job? _job;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "background",
        Summary = "run a command while others are run",
        Arguments = "[LINE]",
        MaximumArguments = 1,
        Options = [new CommandOption(Wait, null, "wait until it has ended, print what it printed, and end as it did")],
        Details = "One at a time. Without LINE it says whether there is one, and fails while that runs.",
    };

    public int Run(ShellContext context)
    {
        if (context.Arguments.Get(0) is { } line)
        {
            Job job = new(commands, line);
            if (_job is { HasEnded: false } || Interlocked.Exchange(ref _job, job) is { HasEnded: false })
            {
                throw new CommandFailureException("a command runs in the background already");
            }

            KernelThreads.Start("background"u8, ThreadPriority.Normal, job.Run);
            return ExitCode.Success;
        }

        Job running = _job ?? throw new CommandFailureException("no command runs in the background");
        if (!context.Arguments.Has(Wait))
        {
            context.Output.WriteLine(running.HasEnded ? "it has ended" : "it runs");
            return running.HasEnded ? ExitCode.Success : ExitCode.Failure;
        }

        while (!running.HasEnded)
        {
            context.Sleep(s_poll);
        }

        context.Output.Write(running.Text);
        return running.Code;
    }

    private sealed class Job(CommandRegistry commands, string line)
    {
        private readonly CapturedOutput _output = new();
        private volatile bool _hasEnded;

        public bool HasEnded => _hasEnded;

        public int Code { get; private set; }

        public ReadOnlySpan<byte> Text => _output.Text;

        public void Run()
        {
            Code = commands.Run(line, _output, CancellationToken.None);
            _hasEnded = true;
        }
    }
}
