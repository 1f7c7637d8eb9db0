using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class StateThatSurvives
{
    private readonly StateStore _store = new(quotaBytes: 10, maximumKeys: 3);

    [Fact]
    public void TheNextInstanceFindsWhatTheLastOneSaved()
    {
        Assert.True(_store.For("tcpip").Save(1, [1, 2, 3]).Succeeded);

        byte[] value = new byte[10];
        Assert.Equal(3u, _store.For("tcpip").Load(1, value).Value);
        Assert.Equal([1, 2, 3], value[..3]);
    }

    [Fact]
    public void AnExtensionSeesItsOwnValuesOnly()
    {
        _store.For("tcpip").Save(1, [1]);

        Assert.Equal(CallStatus.NotFound, _store.For("e1000").Load(1, new byte[10]).Status);
    }

    [Fact]
    public void WhatIsStoredIsACopy()
    {
        byte[] value = [1, 2];
        _store.For("a").Save(1, value);
        value[0] = 9;
        _store.For("a").Load(1, value);

        Assert.Equal([1, 2], value);
    }

    [Fact]
    public void TheQuotaHoldsAndReplacingCountsOnce()
    {
        IStateStore state = _store.For("a");
        Assert.True(state.Save(1, new byte[6]).Succeeded);
        Assert.Equal(CallStatus.QuotaExceeded, state.Save(2, new byte[5]).Status);
        Assert.True(state.Save(1, new byte[10]).Succeeded);
        Assert.Equal(10, _store.CountBytes("a"));
        Assert.Equal(CallStatus.QuotaExceeded, state.Save(1, new byte[11]).Status);
        Assert.Equal(10u, state.Load(1, new byte[10]).Value);
        Assert.True(_store.For("b").Save(1, new byte[10]).Succeeded);
    }

    [Fact]
    public void TheNumberOfKeysIsBounded()
    {
        IStateStore state = _store.For("a");
        Assert.All(new uint[] { 1, 2, 3 }, key => Assert.True(state.Save(key, []).Succeeded));

        Assert.Equal(CallStatus.QuotaExceeded, state.Save(4, []).Status);
        Assert.True(state.Remove(1).Succeeded);
        Assert.True(state.Save(4, []).Succeeded);
        Assert.Equal(CallStatus.NotFound, state.Remove(1).Status);
    }

    [Fact]
    public void AValueThatDoesNotFitTheBufferIsRefused()
    {
        _store.For("a").Save(1, new byte[4]);

        Assert.Equal(CallStatus.BadParameter, _store.For("a").Load(1, new byte[3]).Status);
        Assert.Equal(CallStatus.BadParameter, _store.For("a").Save(1, new byte[StateStore.MaximumValueBytes + 1]).Status);
    }
}
