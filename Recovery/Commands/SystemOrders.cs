using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary>
/// Runs orders that came through <see cref="ISystemControl"/>, one after the other, on a thread of the kernel's own. So an order may
/// stop the one who gave it, and one that takes long keeps nobody waiting.
/// </summary>
/// <param name="commands">The commands that carry orders out.</param>
/// <param name="work">Wakes the thread.</param>
public sealed class SystemOrders(CommandRegistry commands, IKernelSignal work)
{
    private const int MaximumWaiting = 16;

    private readonly Lock _sync = new();
    private readonly Queue<string> _waiting = new();

    /// <summary>Takes an order. False if too many are waiting.</summary>
    public bool TryAdd(string line)
    {
        lock (_sync)
        {
            if (_waiting.Count == MaximumWaiting)
            {
                return false;
            }

            _waiting.Enqueue(line);
        }

        work.Set();
        return true;
    }

    /// <summary>The thread.</summary>
    public void Run()
    {
        while (true)
        {
            work.Wait(-1);
            RunWaiting();
        }
    }

    /// <summary>Carries out what is waiting.</summary>
    public void RunWaiting()
    {
        while (TryTake(out string? line))
        {
            CapturedOutput output = new();
            if (commands.Run(line, output, CancellationToken.None) != ExitCode.Success)
            {
                Log.Write($"{line}: {System.Text.Encoding.UTF8.GetString(output.Text).TrimEnd()}");
            }
        }
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? line)
    {
        lock (_sync)
        {
            return _waiting.TryDequeue(out line);
        }
    }
}
