using System;
using System.Threading;
using NooksOS.Kernel.Shell;
using NooksOS.Kernel.Shell.Commands;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Shell;

public sealed class RunningCommands
{
    private readonly CommandRegistry _commands = new();
    private readonly TextOutput _output = new();

    public RunningCommands()
    {
        BasicCommands.AddTo(_commands, () => 0, static () => { });
        _commands.Add(new ThrowingCommand());
    }

    private int Run(string line) => _commands.Run(line, _output, CancellationToken.None);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing")]
    public void AnEmptyLineSucceeds(string line)
    {
        Assert.Equal(ExitCode.Success, Run(line));
        Assert.Equal("", _output.Text);
    }

    [Fact]
    public void EchoPrintsItsWords()
    {
        Assert.Equal(ExitCode.Success, Run("echo 'grüße  an'  alle"));
        Assert.Equal("grüße  an alle\n", _output.Text);
    }

    [Fact]
    public void AnUnknownCommandSuggestsTheNearest()
    {
        Assert.Equal(ExitCode.Usage, Run("halp"));
        Assert.Equal("error: there is no command 'halp'; did you mean 'help'?\n", _output.Text);
    }

    [Fact]
    public void ACommandLikeNoOtherPointsToHelp()
    {
        Run("xyzzy");
        Assert.Equal("error: there is no command 'xyzzy'; 'help' lists them\n", _output.Text);
    }

    [Fact]
    public void AUsageErrorPrintsTheUsage()
    {
        Assert.Equal(ExitCode.Usage, Run("sleep"));
        Assert.Equal("error: sleep needs SECONDS\nusage: sleep SECONDS\n", _output.Text);
        Assert.Equal(ExitCode.Usage, Run("sleep -1"));
        Assert.Equal(ExitCode.Usage, Run("sleep nan"));
    }

    [Fact]
    public void ABrokenCommandDoesNotEndTheShell()
    {
        Assert.Equal(ExitCode.Failure, Run("throw"));
        Assert.Equal("error: the command broke with InvalidTimeZoneException: mistake\n", _output.Text);
    }

    [Fact]
    public void AnInterruptEndsSleep()
    {
        using CancellationTokenSource cancellation = new();
        cancellation.CancelAfter(20);
        Assert.Equal(ExitCode.Interrupted, _commands.Run("sleep 60", _output, cancellation.Token));
        Assert.Equal("interrupted\n", _output.Text);
    }

    [Fact]
    public void HelpListsAndExplains()
    {
        Assert.Equal(ExitCode.Success, Run("help"));
        Assert.Contains("sleep SECONDS", _output.Text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, Run("help mem"));
        Assert.Contains("usage: mem [--collect] [--json]", _output.Text, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failure, Run("help mme"));
    }

    [Fact]
    public void HelpAsJsonIsOneDocument()
    {
        Run("help --json");
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(_output.Text);
        Assert.Equal("clear", document.RootElement[0].GetProperty("command").GetString());
    }

    [Fact]
    public void TwoCommandsOfOneNameAreRefused() => Assert.Throws<ArgumentException>(() => BasicCommands.AddTo(_commands, () => 0, static () => { }));

    private sealed class ThrowingCommand : ICommand
    {
        public CommandSyntax Syntax { get; } = new() { Name = "throw", Summary = "" };

        public int Run(ShellContext context) => throw new InvalidTimeZoneException("mistake");
    }
}
