using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Recovery;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class StartsThatWaitForOthers
{
    private const string FileSystem = "vfat";

    private readonly Machine _machine = new Machine().Boot();
    private readonly HealthMonitor _health;

    public StartsThatWaitForOthers()
    {
        _machine.Manager.Register(new ExtensionDefinition { Name = FileSystem, ImageName = "vfat.nx" });
        _machine.Manager.Request(FileSystem, ExtensionCommand.Load);
        _machine.Manager.RunOnce();
        _health = new HealthMonitor(_machine.Manager, new Heart(), _machine.Clock, new HealthOptions());
        _health.AddSource(_machine.Manager.Starts);
    }

    // Trial vfat 17 of seed 31, on a host with four times as much to do as it has processors: the driver of the disk was to be replaced while a
    // fresh file system read its volume in its start. The thread that replaces extensions waited for itself, and nothing was replaced any more.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AStartThatWaitsForAnotherThatHasFailedIsEnded(bool isLeft)
    {
        List<string> events = _machine.Events;
        bool isFirst = true;
        _machine.Domains.OnStart = domainId =>
        {
            if (!isFirst)
            {
                return CallStatus.Ok;
            }

            isFirst = false;
            events.Clear();
            FailDriver(isLeft);
            Assert.True(LookUntilStopped(looks: 40));
            return CallStatus.DomainDied;
        };
        _machine.Crash(FileSystem);
        _machine.Manager.RunOnce();
        _machine.Clock.AdvanceMilliseconds(10_000);
        _machine.Manager.RunOnce();
        Assert.Equal(ExtensionState.Running, _machine.Status.State);
        Assert.Equal(ExtensionState.Running, _machine.Manager.Describe(FileSystem)!.State);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(10_000, false)]
    public void AStartMayTakeLong(int looks, bool isShort)
    {
        _machine.Domains.OnStart = domainId =>
        {
            _machine.Domains.OnStart = _ => CallStatus.Ok;
            _machine.Events.Clear();
            if (isShort)
            {
                // Somebody waits, but not for long.
                FailDriver(isLeft: false);
                looks = 15;
            }

            Assert.False(LookUntilStopped(looks));
            return CallStatus.Ok;
        };
        _machine.Crash(FileSystem);
        _machine.Manager.RunOnce();
        Assert.Equal(ExtensionState.Running, _machine.Manager.Describe(FileSystem)!.State);
        Assert.Equal(1u, _machine.Manager.Describe(FileSystem)!.Faults);
    }

    private void FailDriver(bool isLeft)
    {
        if (isLeft)
        {
            _machine.Domains.Left.Enqueue(new FaultReport
            {
                DomainId = _machine.Status.DomainId!.Value,
                Kind = FaultKind.IllegalWrite,
                TimeNanoseconds = _machine.Clock.NowNanoseconds,
            });
        }
        else
        {
            _machine.Crash();
        }
    }

    private bool LookUntilStopped(int looks)
    {
        for (int look = 0; look < looks; look++)
        {
            _machine.Clock.AdvanceMilliseconds(10);
            _health.RunOnce();
            if (_machine.Events.Contains($"stop {FileSystem}"))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Heart : IHeartbeatPort
    {
        public CallResult<ulong> Heartbeat(uint domainId, ulong nonce) => CallResult<ulong>.Ok(~nonce);
    }
}
