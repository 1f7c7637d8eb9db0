using System;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Building;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tests.Boot.Harness;

/// <summary>Boots a machine for a test. Whatever the test throws is told together with the command that does the same again.</summary>
internal static class BootTest
{
    private static readonly TimeSpan s_defaultLimit = TimeSpan.FromMinutes(2);

    // A machine in a test waits for half of its time: for a watchdog, for a crash that is due, for the host. Three keep two processors
    // busy; many more would make each other late.
    private static readonly SemaphoreSlim s_slots = new(3);

    private static readonly Lazy<Task<string>> s_iso =
        new(() => new IsoBuilder(SourceTree.Find(), new Progress()).EnsureAsync(CancellationToken.None));

    /// <summary>The bootable image, built if need be.</summary>
    public static Task<string> IsoAsync() => s_iso.Value;

    /// <summary>Boots a machine, hands it to the test and ends it.</summary>
    public static async Task RunAsync(BootOptions options, Func<BootedMachine, Task> test, TimeSpan? limit = null)
    {
        string iso = await IsoAsync();
        await s_slots.WaitAsync();
        CommandHistory history = new(options);
        try
        {
            using CancellationTokenSource deadline = new(limit ?? s_defaultLimit);
            await using NooksMachine machine = await NooksMachine.StartAsync(iso, options, deadline.Token);
            await test(new BootedMachine(machine, history, deadline.Token));
        }
        catch (Exception failure)
        {
            throw new BootTestException($"{failure.Message}\nreproduce: {history.Reproduction}", failure);
        }
        finally
        {
            s_slots.Release();
        }
    }

    /// <summary>Takes part in the limit on running machines with one that the test boots by itself.</summary>
    public static async Task<T> InSlotAsync<T>(Func<string, Task<T>> test)
    {
        string iso = await IsoAsync();
        await s_slots.WaitAsync();
        try
        {
            return await test(iso);
        }
        finally
        {
            s_slots.Release();
        }
    }
}
