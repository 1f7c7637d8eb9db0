using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Machines;

namespace NooksOS.Tool.Campaigns;

/// <summary>
/// Runs commands of the guest in its background, for several users at once: one that faults have brought to a stop must not keep the
/// kernel from answering, which would be taken for a hang of the kernel itself.
/// </summary>
/// <param name="run">Runs a command that comes to its end whatever happens.</param>
internal sealed class GuestJobs(Func<string, CancellationToken, Task<CommandResult>> run)
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);

    // The machine takes one command at a time.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>
    /// Runs commands to their end, one after the other up to the first that fails, and returns what they have printed. What an earlier
    /// cancellation has left of the same name must end first.
    /// </summary>
    /// <param name="name">Whose commands they are.</param>
    /// <param name="commands">The commands.</param>
    /// <param name="advanced">Called each time that one of them was seen to have ended.</param>
    /// <param name="cancellation">Ends the wait, not the commands.</param>
    public async Task<CommandResult> RunAsync(string name, IReadOnlyList<string> commands, Action advanced, CancellationToken cancellation)
    {
        string order = $"background --name {name} \"{string.Join("\" \"", commands)}\"";
        while (!(await AskAsync(order)).Succeeded)
        {
            await Task.Delay(s_look, cancellation);
        }

        string state = string.Empty;
        while (await AskAsync($"background --name {name}") is { Succeeded: false } running)
        {
            if (running.Output != state)
            {
                state = running.Output;
                advanced();
            }

            await Task.Delay(s_look, cancellation);
        }

        advanced();
        return await AskAsync($"background --name {name} --wait");
    }

    /// <summary>Runs a command that ends by itself.</summary>
    public async Task<CommandResult> AskAsync(string command)
    {
        await _turn.WaitAsync();
        try
        {
            return await run(command, CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }
}
