using System;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Machines;

namespace NooksOS.Tool.Campaigns;

/// <summary>
/// Runs commands of the guest in its background: one that faults have brought to a stop must not keep the kernel from answering, which
/// would be taken for a hang of the kernel itself.
/// </summary>
/// <param name="run">Runs a command that comes to its end whatever happens.</param>
internal sealed class GuestJobs(Func<string, CancellationToken, Task<CommandResult>> run)
{
    private const string Running = "it runs";

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs a command to its end. One that an earlier cancellation has left must end first.</summary>
    public async Task<CommandResult> RunAsync(string command, CancellationToken cancellation)
    {
        await WaitAsync(cancellation);
        CommandResult begun = await run($"background \"{command}\"", CancellationToken.None);
        if (!begun.Succeeded)
        {
            return begun;
        }

        await WaitAsync(cancellation);
        return await run("background --wait", CancellationToken.None);
    }

    /// <summary>Runs a command that ends by itself.</summary>
    public Task<CommandResult> AskAsync(string command) => run(command, CancellationToken.None);

    private async Task WaitAsync(CancellationToken cancellation)
    {
        while ((await run("background", CancellationToken.None)).Output.Contains(Running, StringComparison.Ordinal))
        {
            await Task.Delay(s_look, cancellation);
        }
    }
}
