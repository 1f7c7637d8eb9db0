using System;
using NooksOS.Contracts;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class ChangesOfState
{
    private const long Forever = -1;

    private readonly FakeClock _clock = new();
    private readonly StateStore _store;
    private readonly IStateStore _state;
    private Action? _whileWaiting;
    private bool _isStopping;

    public ChangesOfState()
    {
        _store = new StateStore(_clock, () => new Signal(this));
        _state = _store.For("a");
    }

    [Fact]
    public void AValueThatWasSavedBeforeIsAChange()
    {
        _state.Save(1, [1]);
        Assert.NotEqual(0ul, _state.WaitForChange(1, 0, 0).Value);
    }

    [Fact]
    public void TheSameVersionIsNoChange()
    {
        _state.Save(1, [1]);
        ulong version = _state.WaitForChange(1, 0, 0).Value;
        Assert.Equal(CallStatus.WouldBlock, _state.WaitForChange(1, version, 0).Status);
        Assert.Equal(CallStatus.TimedOut, _state.WaitForChange(1, version, 1000).Status);
    }

    [Fact]
    public void SavingEndsTheWait()
    {
        _state.Save(1, [1]);
        ulong version = _state.WaitForChange(1, 0, 0).Value;
        _whileWaiting = () => _state.Save(1, [1]);
        Assert.True(_state.WaitForChange(1, version, Forever).Value > version);
    }

    [Fact]
    public void RemovingEndsTheWaitAndNoVersionComesTwice()
    {
        _state.Save(1, [1]);
        ulong version = _state.WaitForChange(1, 0, 0).Value;
        _whileWaiting = () => _state.Remove(1);
        Assert.Equal(0ul, _state.WaitForChange(1, version, Forever).Value);
        _state.Save(1, [1]);
        Assert.NotEqual(version, _state.WaitForChange(1, 0, 0).Value);
    }

    [Fact]
    public void OtherKeysAndOtherExtensionsAreNoChange()
    {
        _whileWaiting = () =>
        {
            _state.Save(2, [1]);
            _store.For("b").Save(1, [1]);
        };
        Assert.Equal(CallStatus.TimedOut, _state.WaitForChange(1, 0, 1000).Status);
    }

    [Fact]
    public void AWaitEndsWhenItsDomainIsStopped()
    {
        _isStopping = true;
        Assert.Equal(CallStatus.Cancelled, _state.WaitForChange(1, 0, Forever).Status);
    }

    [Fact]
    public void TheNextInstanceHearsOfWhatTheLastOneSaved()
    {
        _state.Save(1, [1]);
        Assert.True(_store.For("a").WaitForChange(1, 0, 0).Succeeded);
    }

    private sealed class Signal(ChangesOfState test) : IKernelSignal
    {
        private bool _isSet;

        public void Set() => _isSet = true;

        public WaitOutcome Wait(long timeoutNanoseconds)
        {
            if (timeoutNanoseconds != 0)
            {
                test._whileWaiting?.Invoke();
                test._whileWaiting = null;
            }

            if (test._isStopping && timeoutNanoseconds != 0)
            {
                return WaitOutcome.Cancelled;
            }

            bool wasSet = _isSet;
            _isSet = false;
            if (!wasSet)
            {
                test._clock.Advance(long.Max(timeoutNanoseconds, 0));
            }

            return wasSet ? WaitOutcome.Signalled : WaitOutcome.TimedOut;
        }
    }
}
