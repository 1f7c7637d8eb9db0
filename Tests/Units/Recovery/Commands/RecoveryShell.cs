using System;
using System.Text.Json;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery;
using NooksOS.Recovery.Commands;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Commands;

public sealed class RecoveryShell
{
    private readonly Machine _machine = new Machine().Boot();
    private readonly CommandRegistry _registry = new();
    private readonly Misbehavior _misbehavior;

    public RecoveryShell()
    {
        _misbehavior = new Misbehavior(_machine);
        RecoveryCommands.AddTo(
            _registry,
            _machine.Manager,
            new DomainViewer(_machine.Manager, _machine.Domains, new Counts()),
            new FaultViewer(_machine.Manager.Log, new Symbols()),
            _misbehavior);
    }

    [Fact]
    public void ACrashIsShownFromEndToEnd()
    {
        Assert.Equal((0, "no faults\n"), Run("faults"));
        Assert.Equal((0, string.Empty), Run("crash e1000 wild-write"));
        Assert.Equal(MisbehaviorKind.WildWrite, _misbehavior.Last);
        Assert.Equal((0, string.Empty), Run("wait recovered e1000 2000"));
        (int exit, string text) = Run("faults");

        Assert.Equal(0, exit);
        Assert.Contains("fault 1: e1000, generation 1, illegalWrite at 0xffff800000001000", text);
        Assert.Contains("where       0x8000101234 Driver.Poke+0x4 (Driver.cs:42)", text);
        Assert.Contains("decision    restart, by kernel", text);
        Assert.Contains("objects     0 released, 0 leaked", text);
        Assert.Contains("pages       100 freed, 0 leaked", text);
        Assert.Contains("interruptsOff", text);
    }

    [Fact]
    public void ACrashIsWaitedForInTheSameCommand()
    {
        Assert.Equal((0, string.Empty), Run("crash e1000 wild-write --wait 2000"));
        Assert.Equal(RecoveryOutcome.Recovered, _machine.LastRecord.Outcome);
        _misbehavior.Last = null;
        Assert.Equal(2, Run("crash e1000 null --wait soon").Exit);
        Assert.Null(_misbehavior.Last);
    }

    [Fact]
    public void AnExtensionThatWasNeverLoadedIsAvailableAndHasNoDomain()
    {
        _machine.Manager.Register(new ExtensionDefinition { Name = "rtl8139", ImageName = "rtl8139" });

        Assert.Contains("available", Run("ext list").Text);
        Assert.DoesNotContain("rtl8139", Run("domains").Text);

        Run("ext load rtl8139");
        Assert.DoesNotContain("available", Run("ext list").Text);
        Assert.Contains("rtl8139", Run("domains").Text);
    }

    [Fact]
    public void TheDocumentHasTheNamesThatTheHostToolReads()
    {
        Run("crash e1000 null");
        Run("wait recovered e1000");
        JsonElement fault = JsonDocument.Parse(Run("faults --json").Text).RootElement[0];

        Assert.Equal(1, fault.GetProperty("id").GetInt32());
        Assert.Equal("illegalWrite", fault.GetProperty("kind").GetString());
        Assert.Equal("0xffff800000001000", fault.GetProperty("address").GetString());
        Assert.Equal("Driver.Poke", fault.GetProperty("function").GetString());
        Assert.Equal("Driver.cs", fault.GetProperty("file").GetString());
        Assert.Equal(42, fault.GetProperty("line").GetInt32());
        Assert.Equal("restart", fault.GetProperty("decision").GetString());
        Assert.Equal("recovered", fault.GetProperty("outcome").GetString());
        Assert.Equal(0, fault.GetProperty("objectsLeaked").GetInt32());
        Assert.Equal(0, fault.GetProperty("pagesLeaked").GetInt32());
        Assert.True(fault.GetProperty("recoveryMilliseconds").GetDouble() > 0);
        Assert.Equal(11, fault.GetProperty("steps").GetArrayLength());
        Assert.Equal("detected", fault.GetProperty("steps")[0].GetProperty("name").GetString());
        Assert.Equal(0.0, fault.GetProperty("steps")[0].GetProperty("milliseconds").GetDouble());
        JsonElement one = JsonDocument.Parse(Run("faults 1 --json").Text).RootElement;
        Assert.Equal(0, one.GetProperty("stack").GetArrayLength());

        JsonElement domain = JsonDocument.Parse(Run("domains --json").Text).RootElement[0];
        Assert.Equal(("e1000", "ring3", "running"), (domain.GetProperty("extension").GetString(), domain.GetProperty("mode").GetString(), domain.GetProperty("state").GetString()));
        Assert.Equal((2, 1, 1), (domain.GetProperty("generation").GetInt32(), domain.GetProperty("faults").GetInt32(), domain.GetProperty("restarts").GetInt32()));
        Assert.Equal((5, 6, 409_600, 0), (domain.GetProperty("xpcIn").GetInt32(), domain.GetProperty("xpcOut").GetInt32(), domain.GetProperty("memoryBytes").GetInt32(), domain.GetProperty("objects").GetInt32()));
    }

    [Fact]
    public void ExtensionsAreUnloadedLoadedAndReloaded()
    {
        Assert.Equal(0, Run("ext unload e1000").Exit);
        Assert.Equal((1, "error: e1000 is not loaded\n"), Run("ext reload e1000"));
        Assert.Equal((1, "error: e1000 is not running but unloaded\n"), Run("crash e1000 null"));
        Assert.Equal(0, Run("ext load e1000").Exit);
        Assert.Equal(0, Run("ext reload e1000").Exit);
        Assert.Contains("e1000.nx", Run("ext list").Text);
        _machine.Domains.OnLoad = _ => "e1000.nx: not an image of this machine";
        Run("ext unload e1000");
        Assert.Equal((1, "error: e1000: e1000.nx: not an image of this machine\n"), Run("ext load e1000"));
    }

    [Fact]
    public void APolicyIsSetAndShown()
    {
        (int exit, string text) = Run("policy e1000 delay initial=10 faults=3 --json");

        Assert.Equal(0, exit);
        Assert.Contains("\"action\":\"delay\",\"initialDelayMilliseconds\":10,\"maximumDelayMilliseconds\":320,\"maximumFaults\":3", text);
        Assert.Equal(3u, _machine.Status.Policy.MaximumFaults);
    }

    [Theory]
    [InlineData("wait recovered e1000 10", 1, "e1000 has not recovered within 10 ms; it is running")]
    [InlineData("wait recovered e100", 1, "did you mean 'e1000'?")]
    [InlineData("wait failed e1000", 2, "'failed' cannot be waited for")]
    [InlineData("wait recovered e1000 soon", 2, "MS must be a whole number")]
    [InlineData("crash e1000 wild-writ", 2, "did you mean 'wild-write'?")]
    [InlineData("crash e1000 explode-now-please", 2, "there are: wild-write")]
    [InlineData("crash nobody null", 1, "there are: e1000")]
    [InlineData("objects nobody", 1, "there is no extension 'nobody'")]
    [InlineData("policy e1000 fly", 2, "fly is not one of")]
    [InlineData("faults 7", 1, "there is no record of fault 7")]
    [InlineData("ext frob", 2, "'frob' is not list")]
    [InlineData("ext load", 2, "ext load needs a NAME")]
    public void WhatMakesNoSenseIsRefusedInOneClearLine(string line, int exit, string message)
    {
        (int actual, string text) = Run(line);

        Assert.Equal(exit, actual);
        Assert.Contains(message, text);
    }

    private (int Exit, string Text) Run(string line)
    {
        TextOutput output = new();
        int exit = _registry.Run(line, output, CancellationToken.None);
        return (exit, output.ToString());
    }

    private sealed class Misbehavior(Machine machine) : IMisbehaviorPort
    {
        public MisbehaviorKind? Last { get; set; }

        public CallStatus Misbehave(uint domainId, MisbehaviorKind kind)
        {
            Last = kind;
            machine.Crash();
            return CallStatus.DomainDied;
        }
    }

    private sealed class Symbols : IFaultSymbolizer
    {
        public CodeLocation Locate(string imageName, uint domainId, ulong address) => new("Driver.Poke", 4, "Driver.cs", 42);
    }

    private sealed class Counts : IDomainStatistics
    {
        public DomainCounts Read(uint domainId) => new("ring3", 5, 6, 100);
    }
}
