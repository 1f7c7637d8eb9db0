using System;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot.Harness;

/// <summary>
/// One machine with the default options for all tests that ask and leave everything as it was, one after the other. A test that fails
/// takes it along.
/// </summary>
public sealed class SharedMachine : IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private readonly BootOptions _options = new();
    private NooksMachine? _machine;

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_machine is not null)
        {
            await _machine.DisposeAsync();
            _machine = null;
        }
    }

    /// <summary>Hands the machine to a test.</summary>
    internal Task RunAsync(Func<BootedMachine, Task> test) => BootTest.InSlotAsync(async iso =>
    {
        using CancellationTokenSource deadline = new(s_limit);
        CommandHistory history = new(_options);
        try
        {
            _machine ??= await NooksMachine.StartAsync(iso, _options, deadline.Token);
            await test(new BootedMachine(_machine, history, deadline.Token));
            return true;
        }
        catch (Exception failure)
        {
            await DisposeAsync();
            throw new BootTestException($"{failure.Message}\nreproduce: {history.Reproduction}", failure);
        }
    });
}
