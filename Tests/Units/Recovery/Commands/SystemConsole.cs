using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using NooksOS.Contracts;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery.Commands;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Commands;

/// <summary>The shell's documents and orders, for extensions.</summary>
public sealed class SystemConsole
{
    private readonly Machine _machine = new Machine().Boot();
    private readonly CommandRegistry _commands = new();
    private readonly RecordingCommand _crash = new("crash");
    private readonly FakeSignal _signal = new(new FakeClock());
    private readonly SystemOrders _orders;
    private readonly SystemControlService _control;

    public SystemConsole()
    {
        _commands.Add(_crash);
        _commands.Add(new RecordingCommand("isolate"));
        _commands.Add(new RecordingCommand("faults", new string('x', 40_000)));
        _orders = new SystemOrders(_commands, _signal);
        _control = new SystemControlService(_machine.Manager, _orders);
    }

    [Fact]
    public void ADocumentIsReadPieceByPiece()
    {
        SystemViewService view = new(_commands);
        byte[] piece = new byte[16384];
        StringBuilder text = new();
        uint length;
        do
        {
            length = view.Query(SystemDocument.Faults, 3, (uint)text.Length, piece).Value;
            text.Append(Encoding.UTF8.GetString(piece.AsSpan(0, Math.Min(piece.Length, (int)length - text.Length))));
        }
        while (text.Length < length);

        Assert.Equal("--json --last 3 " + new string('x', 40_000), text.ToString());
        Assert.Equal(CallStatus.BadParameter, view.Query(SystemDocument.Faults, 3, length + 1, piece).Status);
    }

    [Fact]
    public void WhatThereIsNotIsNotFound()
    {
        SystemViewService view = new(_commands);
        Assert.Equal(CallStatus.NotFound, view.Query(SystemDocument.Memory, 0, 0, default).Status);
        Assert.Equal(CallStatus.NotFound, view.Query((SystemDocument)99, 0, 0, default).Status);
    }

    [Fact]
    public void TheKindsOfCrashesAreListed()
    {
        byte[] piece = new byte[4096];
        int length = (int)new SystemViewService(_commands).Query(SystemDocument.CrashKinds, 0, 0, piece).Value;
        using JsonDocument kinds = JsonDocument.Parse(piece.AsMemory(0, length));
        Assert.Contains("wild-write", kinds.RootElement.EnumerateArray().Select(kind => kind.GetString()));
    }

    [Fact]
    public void AnOrderIsCarriedOutLaterAndNotByTheCaller()
    {
        Assert.Equal(CallStatus.Ok, _control.Crash("e1000"u8, "null"u8).Status);
        Assert.Empty(_crash.Lines);
        Assert.True(_signal.IsSet);
        _orders.RunWaiting();
        Assert.Equal(["e1000 null"], _crash.Lines);
    }

    [Theory]
    [InlineData("e1000", "nil")]
    [InlineData("nobody", "null")]
    [InlineData("e1000", "")]
    [InlineData("", "null")]
    public void AnOrderOfUnknownWordsIsRefused(string extension, string kind)
        => Assert.Equal(CallStatus.NotFound, _control.Crash(Encoding.UTF8.GetBytes(extension), Encoding.UTF8.GetBytes(kind)).Status);

    [Fact]
    public void OnlyAKnownModeIsSet()
    {
        Assert.Equal(CallStatus.Ok, _control.SetIsolation("e1000"u8, "direct"u8).Status);
        Assert.Equal(CallStatus.NotFound, _control.SetIsolation("e1000"u8, "ring0"u8).Status);
    }

    [Fact]
    public void OrdersDoNotPileUp()
    {
        int taken = 0;
        while (_control.Crash("e1000"u8, "null"u8).Succeeded)
        {
            taken++;
        }

        Assert.Equal(16, taken);
        Assert.Equal(CallStatus.Busy, _control.Crash("e1000"u8, "null"u8).Status);
        _orders.RunWaiting();
        Assert.Equal(16, _crash.Lines.Count);
    }

    private sealed class RecordingCommand(string name, string output = "") : ICommand
    {
        public List<string> Lines { get; } = [];

        public CommandSyntax Syntax { get; } = new()
        {
            Name = name,
            Summary = name,
            MaximumArguments = 2,
            Options = [new CommandOption("last", "COUNT", ""), CommandOption.Json],
        };

        public int Run(ShellContext context)
        {
            Lines.Add(string.Join(' ', context.Arguments.Positional));
            context.Output.Write($"--json --last {context.Arguments.GetOption("last")} {output}");
            return ExitCode.Success;
        }
    }
}
