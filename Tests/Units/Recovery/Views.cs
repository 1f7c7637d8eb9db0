using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Recovery;
using NooksOS.Tests.Units.ObjectTracker;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class Views
{
    [Fact]
    public void AFaultIsShownWithFunctionsLinesAndStepTimes()
    {
        Machine machine = new Machine().Boot();
        machine.Manager.Report(new FaultReport
        {
            DomainId = machine.Status.DomainId!.Value,
            Kind = FaultKind.UnhandledException,
            TimeNanoseconds = machine.Clock.NowNanoseconds,
            InstructionPointer = 0x10,
            Detail = "System.InvalidOperationException: no",
            Registers = [new RegisterValue("rax", 7)],
            Stack = [0x10, 0x20],
        });
        machine.Manager.RunOnce();

        FaultView view = Assert.Single(new FaultViewer(machine.Manager.Log, new Symbols()).View());

        Assert.Equal("e1000.nx_10+0x4 (File.cs:16)", view.Location.ToString());
        Assert.Equal(["e1000.nx_10+0x4 (File.cs:16)", "e1000.nx_1f+0x5 (File.cs:31)"], view.Stack.Select(entry => entry.Location.ToString()));
        Assert.Null(view.Address);
        Assert.Equal(11, view.Steps.Count);
        Assert.Equal(view.RecoveryNanoseconds, view.Steps.Sum(step => step.DurationNanoseconds));
        Assert.Equal(RecoveryAction.Restart, view.Decision!.Value.Action);
    }

    [Fact]
    public void ARecoveryThatIsUnderWayShowsTheStepsSoFar()
    {
        Machine machine = new Machine().Boot(withAgent: true);
        machine.Crash();
        machine.Manager.RunOnce();

        FaultView view = new FaultViewer(machine.Manager.Log, new Symbols()).View(1)!;

        Assert.Equal((null, null, RecoveryOutcome.InProgress), (view.Decision, view.RecoveryNanoseconds, view.Outcome));
        Assert.Equal(RecoveryStep.MemoryFreed, view.Steps[^1].Step);
        Assert.Null(new FaultViewer(machine.Manager.Log, new Symbols()).View(2));
    }

    [Fact]
    public void DomainsAndTheirObjectsAreShown()
    {
        Machine machine = new Machine().Boot();
        machine.Domains.GetObjects(1)!.TryAdd(new FakeObject("line 11", [], TrackedKind.InterruptLine));
        DomainViewer viewer = new(machine.Manager, machine.Domains, new Counts());

        DomainRow row = Assert.Single(viewer.View());
        Assert.Equal(("e1000", "ring3", 5ul, 6ul, 409_600ul, 1u), (row.Extension, row.Mode, row.CallsIn, row.CallsOut, row.MemoryBytes, row.Objects));
        Assert.True(row.IsProcess);
        Assert.Equal("line 11", Assert.Single(viewer.ViewObjects("e1000")!).Description);
        Assert.Null(viewer.ViewObjects("nobody"));

        machine.Manager.Request("e1000", ExtensionCommand.Unload);
        machine.Manager.RunOnce();
        Assert.Equal((null, string.Empty, 0u), (viewer.View()[0].DomainId, viewer.View()[0].Mode, viewer.View()[0].Objects));
        Assert.Empty(viewer.ViewObjects("e1000")!);
    }

    private sealed class Symbols : IFaultSymbolizer
    {
        public CodeLocation Locate(string imageName, uint domainId, ulong address)
            => new($"{imageName}_{address:x}", 4, "File.cs", (uint)address);
    }

    private sealed class Counts : IDomainStatistics
    {
        public DomainCounts Read(uint domainId) => new("ring3", 5, 6, 100, IsProcess: true);
    }
}
