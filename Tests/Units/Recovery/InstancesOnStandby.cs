using System.Linq;
using NooksOS.Contracts;
using NooksOS.Recovery;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class InstancesOnStandby
{
    private readonly Machine _machine = new();

    public InstancesOnStandby() => _machine.Domains.HasRoomForStandbys = true;

    [Fact]
    public void NoneIsMadeBeforeNothingElseIsToBeDone()
    {
        _machine.Boot();
        _machine.Manager.RunOnce();
        Assert.Empty(_machine.Domains.Standbys);
        Assert.True(_machine.Done.IsSet);
    }

    [Fact]
    public void TheNextInstanceIsTheOneThatWaits()
    {
        _machine.Boot();
        Idle();
        _machine.Events.Clear();
        _machine.Crash();
        _machine.Manager.RunOnce();
        Assert.Contains("take e1000.nx e1000", _machine.Events);
        Assert.DoesNotContain("load e1000.nx e1000", _machine.Events);
        Assert.Equal(RecoveryOutcome.Recovered, _machine.LastRecord.Outcome);

        Idle();
        Assert.Single(_machine.Domains.Standbys);
    }

    [Fact]
    public void AFailureThatComesBeforeItIsMadeIsHandledAsEver()
    {
        _machine.Boot();
        _machine.Manager.SayIdle();
        _machine.Crash();
        _machine.Manager.RunOnce();
        Assert.Contains("load e1000.nx e1000", _machine.Events);
        Assert.Equal(RecoveryOutcome.Recovered, _machine.LastRecord.Outcome);
    }

    [Fact]
    public void EachExtensionGetsOneInItsTurn()
    {
        _machine.Boot(withAgent: true);
        Idle();
        Assert.Single(_machine.Domains.Standbys);
        Assert.True(_machine.Done.IsSet);
        Idle();
        Assert.Equal(2, _machine.Domains.Standbys.Count);
    }

    [Fact]
    public void NobodyIsWokenWhenNoneIsMissing()
    {
        _machine.Boot();
        Idle();
        _machine.Done.Wait(0);
        Idle();
        Assert.False(_machine.Done.IsSet);
    }

    [Fact]
    public void AnExtensionThatIsGivenUpHasNone()
    {
        _machine.Boot(policy: RecoveryPolicy.Default with { MaximumFaults = 1 });
        Idle();
        Crash();
        Crash();
        Assert.Equal(ExtensionState.GivenUp, _machine.Status.State);
        Assert.Empty(_machine.Domains.Standbys);
        Idle();
        Assert.Empty(_machine.Domains.Standbys);
    }

    private void Crash()
    {
        _machine.Crash();
        _machine.Manager.RunOnce();
    }

    private void Idle()
    {
        _machine.Manager.SayIdle();
        _machine.Manager.RunOnce();
    }
}
