using System;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

public sealed class NeighborsOfProbedSystems
{
    private const long Millisecond = FakeClock.Millisecond;

    private static readonly MacAddress s_own = new(0x5634_1200_5452);

    private long _now = 1000 * Millisecond;

    // Trials e1000 2, 26, 59 and 62 of seed 7: half a second passed before anybody noticed.
    [Fact]
    public void ADeviceOfAProbedSystemIsFoundInATenthOfASecond()
    {
        NeighborWatch watch = new(new NetworkShadowOptions()) { IsVigilant = true };
        watch.Heard(Reply(), s_own);
        long last = _now;
        Assert.Equal(NeighborVerdict.Fine, watch.Look(new NeighborTraffic(1, Sent: 0), 1, isIdle: true, _now));
        NeighborVerdict verdict = NeighborVerdict.Fine;
        for (; verdict is NeighborVerdict.Fine or NeighborVerdict.Ask && _now < last + (100 * Millisecond); _now += 10 * Millisecond)
        {
            verdict = watch.Look(new NeighborTraffic(1, Sent: 0), 1, isIdle: true, _now);
        }

        Assert.Equal(NeighborVerdict.Deaf, verdict);
    }

    // What happens to a machine that its host does not run for a while: the answer to the last question is there when it goes on.
    [Fact]
    public void AProbedSystemThatStandsStillNowAndThenBlamesNobody()
    {
        NeighborWatch watch = new(new NetworkShadowOptions()) { IsVigilant = true };
        watch.Heard(Reply(), s_own);
        ulong heard = 1;
        bool isAsked = false;
        for (int look = 0; look < 1000; look++)
        {
            _now += (look % 3 == 0 ? 150 : 10) * Millisecond;
            if (isAsked && look % 3 == 1)
            {
                watch.Heard(Reply(), s_own);
                heard++;
            }

            NeighborVerdict verdict = watch.Look(new NeighborTraffic(heard, Sent: (ulong)look), 1, isIdle: true, _now);
            isAsked = verdict == NeighborVerdict.Ask || (isAsked && look % 3 != 1);
            Assert.True(verdict is NeighborVerdict.Fine or NeighborVerdict.Ask);
        }
    }

    // Trials e1000 92, 260, 320 and 491 of seed 10: others were heard again and again, and each time the next question came later.
    [Fact]
    public void ADumbDeviceOfAProbedSystemIsFoundThoughOthersAreHeard()
    {
        NeighborWatch watch = new(new NetworkShadowOptions()) { IsVigilant = true };
        watch.Heard(Reply(), s_own);
        ulong heard = 1;
        watch.Look(new NeighborTraffic(heard, Sent: 0), 1, isIdle: true, _now);
        NeighborVerdict verdict = NeighborVerdict.Fine;
        long start = _now;
        for (; verdict is NeighborVerdict.Fine or NeighborVerdict.Ask && _now < start + (100 * Millisecond); _now += 2 * Millisecond)
        {
            heard += (_now - start) % (12 * Millisecond) == 0 ? 1u : 0;
            verdict = watch.Look(new NeighborTraffic(heard, Sent: 0), 1, isIdle: true, _now);
        }

        Assert.Equal(NeighborVerdict.Dumb, verdict);
        Assert.InRange(_now - start, 30 * Millisecond, 60 * Millisecond);
    }

    [Fact]
    public void AProbedNeighborThatIsSlowIsWaitedForAndOneThatWasSlowOnceIsNot()
    {
        NeighborWatch watch = new(new NetworkShadowOptions()) { IsVigilant = true };
        ulong heard = 0;
        long asked = 0;
        for (int look = 0; look < 500; look++)
        {
            // It takes 40 ms for each answer, while others are heard all the time.
            _now += 2 * Millisecond;
            heard += look % 7 == 0 ? 1u : 0;
            if (look == 0 || (asked != 0 && _now >= asked + (40 * Millisecond)))
            {
                watch.Heard(Reply(), s_own);
                heard++;
                asked = 0;
            }

            NeighborVerdict verdict = watch.Look(new NeighborTraffic(heard, Sent: 0), 1, isIdle: true, _now);
            asked = verdict == NeighborVerdict.Ask && asked == 0 ? _now : asked;
            Assert.True(look < 50 || verdict is NeighborVerdict.Fine or NeighborVerdict.Ask);
        }

        for (int look = 0; look < 500; look++)
        {
            _now += 2 * Millisecond;
            if (watch.Look(new NeighborTraffic(heard, Sent: 0), 1, isIdle: true, _now) == NeighborVerdict.Ask)
            {
                watch.Heard(Reply(), s_own);
                heard++;
            }
        }

        NeighborVerdict last = NeighborVerdict.Fine;
        long silent = _now;
        while (last is NeighborVerdict.Fine or NeighborVerdict.Ask && _now < silent + (1000 * Millisecond))
        {
            _now += 2 * Millisecond;
            last = watch.Look(new NeighborTraffic(heard, Sent: 0), 1, isIdle: true, _now);
        }

        Assert.InRange(_now - silent, 30 * Millisecond, 60 * Millisecond);
    }

    // Trial e1000 1 of seed 13: nothing left the machine whatever driver it had. Each time that anybody else was heard the next one was blamed.
    [Fact]
    public void ANeighborThatStaysSilentCostsOneRestartThoughOthersAreHeard()
    {
        NeighborWatch watch = new(new NetworkShadowOptions()) { IsVigilant = true };
        watch.Heard(Reply(), s_own);
        ulong heard = 1;
        uint instance = 1;
        for (int look = 0; look < 5000; look++)
        {
            _now += 2 * Millisecond;
            heard += look % 100 == 0 ? 1u : 0;
            NeighborVerdict verdict = watch.Look(new NeighborTraffic(heard, Sent: (ulong)look), instance, isIdle: true, _now);
            instance += verdict is NeighborVerdict.Deaf or NeighborVerdict.Dumb ? 1u : 0;
        }

        Assert.Equal(2u, instance);
    }

    // Trials e1000 168, 263 and 434 of seed 11: the device had been replaced a moment ago, was not asked for a second, and nobody was blamed.
    [Fact]
    public void TheInstanceAfterOneThatWasBlamedIsMadeSureOfAtOnce()
    {
        NeighborWatch watch = new(new NetworkShadowOptions()) { IsVigilant = true };
        watch.Heard(Reply(), s_own);
        ulong heard = 1;
        uint instance = 1;
        bool answers = false;
        for (int look = 0; look < 200; look++)
        {
            _now += 2 * Millisecond;
            NeighborVerdict verdict = watch.Look(new NeighborTraffic(heard, Sent: (ulong)look), instance, isIdle: true, _now);
            if (verdict is NeighborVerdict.Deaf or NeighborVerdict.Dumb)
            {
                instance++;
                answers = true;
            }
            else if (verdict == NeighborVerdict.Ask && answers)
            {
                // One answer, and then it fails as well.
                watch.Heard(Reply(), s_own);
                heard++;
                answers = false;
            }
        }

        Assert.InRange(instance, 5u, 12u);
    }

    [Fact]
    public void OnlyAQuestionThatIsOpenIsDueByItself()
    {
        NeighborWatch watch = new(new NetworkShadowOptions()) { IsVigilant = true };
        watch.Heard(Reply(), s_own);
        NeighborTraffic traffic = new(1, Sent: 0);
        watch.Look(traffic, 1, isIdle: true, _now);
        Assert.Equal(long.MaxValue, watch.NextQuestionNanoseconds(_now));
        _now += 20 * Millisecond;
        Assert.Equal(NeighborVerdict.Ask, watch.Look(traffic, 1, isIdle: true, _now));
        long due = watch.NextQuestionNanoseconds(_now);
        Assert.InRange(due, _now + 1, _now + (10 * Millisecond));
        Assert.Equal(NeighborVerdict.Fine, watch.Look(traffic, 1, isIdle: true, due - 1));
        Assert.Equal(NeighborVerdict.Ask, watch.Look(traffic, 1, isIdle: true, due));

        // While the driver is busy nothing is due, or its guard would look again at once for ever.
        Assert.Equal(long.MaxValue, watch.NextQuestionNanoseconds(due + (100 * Millisecond)));
    }

    /// <summary>A neighbour's answer to a question for its address.</summary>
    internal static byte[] Reply()
        => Convert.FromHexString("52540012345652550A0002020806" + "0001080006040002" + "52550A000202" + "0A000202" + "525400123456" + "0A00020F");
}
