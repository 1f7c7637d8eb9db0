using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;

namespace NooksOS.Tool.Campaigns;

/// <summary>
/// Runs commands of the guest in its background, for several users at once: one that faults have brought to a stop must not keep the
/// kernel from answering, which would be taken for a hang of the kernel itself. The guest is asked what all jobs do, and answers when one
/// has gone on: many short questions would take more of the machine's time than what they ask about.
/// </summary>
/// <param name="run">Runs a command that comes to its end whatever happens.</param>
internal sealed class GuestJobs(Func<string, CancellationToken, Task<CommandResult>> run)
{
    // As long as another user may have to wait for the machine.
    private const string Watch = "background --watch 25 --json";

    // The machine takes one command at a time.
    private readonly SemaphoreSlim _turn = new(1);
    private Dictionary<string, JobState> _states = [];
    private int _watches;

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
            cancellation.ThrowIfCancellationRequested();
            await WatchAsync();
        }

        JobState state = new(1, HasEnded: false);
        while (!state.HasEnded)
        {
            cancellation.ThrowIfCancellationRequested();
            await WatchAsync();
            if (_states.GetValueOrDefault(name) is { } now && now != state)
            {
                state = now;
                advanced();
            }
        }

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

    // Who waited for another one's look has seen the same.
    private async Task WatchAsync()
    {
        int watches = _watches;
        await _turn.WaitAsync();
        try
        {
            if (watches == _watches)
            {
                CommandResult jobs = await run(Watch, CancellationToken.None);
                if (!jobs.Succeeded)
                {
                    throw new HostException($"the kernel refused '{Watch}': {jobs.Output.Trim()}");
                }

                _states = JsonSerializer.Deserialize<NamedState[]>(jobs.Output, JsonSerializerOptions.Web)!
                    .ToDictionary(static job => job.Name, static job => new JobState(job.Line, job.HasEnded));
                _watches++;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed record NamedState(string Name, int Line, bool HasEnded);

    private sealed record JobState(int Line, bool HasEnded);
}
