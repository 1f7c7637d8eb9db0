using System;
using System.Text.Json;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

[Collection(SharedMachineTests.Name)]
public sealed class ShellAnswers(SharedMachine shared)
{
    [Fact]
    public Task CommandsSaySoWhenTheyFail() => shared.RunAsync(async machine =>
    {
        Assert.Contains("domains", await machine.RunAsync("help"));
        Assert.Equal("a b\n", await machine.RunAsync("echo a b"));

        CommandResult unknown = await machine.TryAsync("domans");
        Assert.False(unknown.Succeeded);
        Assert.Contains("domains", unknown.Output);

        CommandResult option = await machine.TryAsync("mem --jsno");
        Assert.False(option.Succeeded);
        Assert.Contains("--json", option.Output);
    });

    // It was accepted, and nothing happened.
    [Fact]
    public Task WhatAnExtensionCannotShowIsRefused() => shared.RunAsync(async machine =>
    {
        CommandResult storm = await machine.TryAsync("crash tcpip interrupt-storm");
        Assert.False(storm.Succeeded);
        Assert.Contains("tcpip cannot show interrupt-storm: it holds no interrupt line", storm.Output);
    });

    [Fact]
    public Task DocumentsAreJson() => shared.RunAsync(async machine =>
    {
        foreach (string command in new[] { "domains", "ext list", "faults", "mem", "pci", "uptime", "log", "policy" })
        {
            JsonDocument.Parse(await machine.RunAsync(command + " --json")).Dispose();
        }
    });

    [Fact]
    public Task NothingIsLostOnAHostThatReadsLate() => shared.RunAsync(async machine =>
    {
        string all = await machine.RunAsync("help");
        Task held = machine.HoldOutputAsync(TimeSpan.FromSeconds(5));
        string late = await machine.RunAsync("help");
        Assert.True(held.IsCompleted, "the output did not wait for its reader");
        Assert.Equal(all, late);
    });

    [Fact]
    public Task PowerOffEndsTheMachine() => BootTest.RunAsync(new BootOptions(), machine => machine.RunAsync("poweroff"));

    // It said that not everything was on a disk that was not there, and that a driver of disks had not started.
    [Fact]
    public Task AMachineWithoutADiskDoesNotComplainOfIt() => BootTest.RunAsync(new BootOptions(), async machine =>
    {
        await machine.RunAsync("poweroff");
        Assert.DoesNotContain("not everything", machine.ConsoleLog, StringComparison.Ordinal);
        Assert.DoesNotContain("did not start", machine.ConsoleLog, StringComparison.Ordinal);
    });

    [Fact]
    public Task RebootResetsTheMachine() => BootTest.RunAsync(new BootOptions(), machine => machine.RunAsync("reboot"));
}
