using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Links;
using NooksOS.Tool.Machines;
using Xunit;

namespace NooksOS.Tests.Boot.Harness;

/// <summary>A machine in the hands of a test.</summary>
internal sealed class BootedMachine(NooksMachine machine, CommandHistory history, CancellationToken deadline)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(6);

    /// <summary>The relay that the frames of the network card pass through, if there is one.</summary>
    public LinkRelay? Relay => machine.Relay;

    /// <summary>What the kernel has written to its console so far.</summary>
    public string ConsoleLog => machine.ConsoleLog;

    /// <summary>Runs a command that may fail.</summary>
    public async Task<CommandResult> TryAsync(string command)
    {
        history.Add(command);
        return await machine.RunAsync(command, deadline);
    }

    /// <summary>Runs a command that must succeed; returns what it printed.</summary>
    public async Task<string> RunAsync(string command)
    {
        CommandResult result = await TryAsync(command);
        Assert.True(result.Succeeded, $"'{command}' failed ({result.Status}): {result.Output}");
        return result.Output;
    }

    /// <summary>Takes nothing that the kernel writes for a while.</summary>
    public Task HoldOutputAsync(TimeSpan duration) => machine.HoldOutputAsync(duration, deadline);

    /// <summary>Plugs the cable of the network card in, or out.</summary>
    public Task SetLinkAsync(bool isUp) => machine.SetLinkAsync(isUp, deadline);

    /// <summary>Runs commands, of which the last must end the machine; returns how. No answer for some seconds is a hang.</summary>
    public async Task<MachineEnd> RunToEndAsync(params string[] commands)
    {
        try
        {
            foreach (string command in commands)
            {
                history.Add(command);
                using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(deadline);
                patience.CancelAfter(s_patience);
                await machine.RunAsync(command, patience.Token);
            }
        }
        catch (MachineEndedException ended)
        {
            return ended.End;
        }

        Assert.Fail("the machine still runs");
        return null!;
    }

    /// <summary>The extension's row of <c>domains</c>.</summary>
    public async Task<DomainInfo> DomainAsync(string extension) =>
        DomainInfo.ParseAll(await RunAsync("domains --json")).Single(domain => domain.Extension == extension);

    /// <summary>All fault records.</summary>
    public async Task<IReadOnlyList<FaultRecord>> FaultsAsync() => FaultRecord.ParseAll(await RunAsync("faults --json"));

    /// <summary>
    /// The pages in use that belong neither to the kernel's heap, nor to its threads, nor to a living domain, nor to the page tables,
    /// all of which may grow: the kernel itself, shared code, and whatever was lost.
    /// </summary>
    public async Task<long> OtherPagesAsync()
    {
        using JsonDocument memory = JsonDocument.Parse(await RunAsync("mem --json"));
        return memory.RootElement.GetProperty("otherPages").GetInt64();
    }

    /// <summary>How many TCP connections the kernel holds, none of which may have been tampered with.</summary>
    public async Task<int> CountConnectionsAsync()
    {
        using JsonDocument sockets = JsonDocument.Parse(await RunAsync("sockets --json"));
        Assert.Equal(0, sockets.RootElement.GetProperty("violations").GetInt32());
        return sockets.RootElement.GetProperty("connections").GetInt32();
    }

    /// <summary>Waits until the last connection is gone: ends are acknowledged a little later.</summary>
    public async Task WaitForNoConnectionAsync(CancellationToken cancellation)
    {
        while (await CountConnectionsAsync() != 0)
        {
            await Task.Delay(s_pause, cancellation);
        }
    }

    /// <summary>Waits until no more than these pages are nobody's: spare memory goes back a little later.</summary>
    public async Task WaitForPagesAsync(long pages, CancellationToken cancellation)
    {
        while (await OtherPagesAsync() > pages)
        {
            await Task.Delay(s_pause, cancellation);
        }
    }

    /// <summary>Crashes an extension and waits until it is there again.</summary>
    public async Task CrashAsync(string extension, string kind)
    {
        await RunAsync($"crash {extension} {kind}");
        await RunAsync($"wait recovered {extension} 5000");
    }
}
