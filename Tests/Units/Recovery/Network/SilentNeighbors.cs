using System;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

public sealed class SilentNeighbors
{
    private const long Millisecond = FakeClock.Millisecond;

    private static readonly MacAddress s_own = new(0x5634_1200_5452);
    private static readonly NetworkShadowOptions s_options = new() { QuestionPeriodNanoseconds = 10_000_000 };

    private readonly NeighborWatch _watch = new(s_options);
    private long _now = 1000 * Millisecond;
    private ulong _heard;
    private ulong _sent;
    private uint _instance = 1;

    // Trials e1000 5, 7, 25, 26, 27, 29 and 33 of seed 1: the driver went on, and nothing that arrived was ever delivered.
    [Fact]
    public void ADeviceThatHeardAnswersAndThenNothingIsDeaf()
    {
        Answer();
        Assert.Equal(NeighborVerdict.Deaf, LookFor(100));
    }

    // Trials e1000 5, 25 and 33: descriptors were never written, or a slot was never left. Others were still heard, and heard nothing.
    [Fact]
    public void ADeviceThatHearsOthersAndIsNotAnsweredIsDumb()
    {
        Answer();
        int looks = 0;
        NeighborVerdict verdict = Look();
        for (; verdict != NeighborVerdict.Dumb && looks < 100; looks++)
        {
            _now += 10 * Millisecond;
            _heard += looks % 5 == 0 ? 1u : 0;
            verdict = Look();
            Assert.NotEqual(NeighborVerdict.Deaf, verdict);
        }

        Assert.InRange(looks, 12, 40);
        _instance++;
        for (looks = 0; looks < 1000; looks++)
        {
            _now += 10 * Millisecond;
            _heard += looks % 5 == 0 ? 1u : 0;
            Assert.NotEqual(NeighborVerdict.Dumb, Look());
        }
    }

    [Fact]
    public void WhereNobodyEverAnsweredNobodyIsAsked()
    {
        _heard++;
        Assert.Equal(NeighborVerdict.Fine, LookFor(10_000));
        Assert.Equal(0ul, _watch.Asked);
    }

    [Fact]
    public void ANeighborThatAnswersEveryTimeIsAskedForEver()
    {
        Answer();
        for (int look = 0; look < 1000; look++)
        {
            _now += 10 * Millisecond;
            if (Look() == NeighborVerdict.Ask)
            {
                Answer();
            }
        }

        Assert.True(_watch.Asked > 10);
        Assert.Equal(NeighborVerdict.Fine, Look());
    }

    // After 1, 2, 4, 8, 8, ... seconds. Each question wakes an idle machine, and most of them are for nothing.
    [Fact]
    public void AnIdleNetworkIsAskedMoreAndMoreRarely()
    {
        Answer();
        _now += 10_000 * Millisecond;
        AnswerFor(seconds: 15);
        Assert.InRange(_watch.Asked, 3ul, 4ul);
        ulong asked = _watch.Asked;
        AnswerFor(seconds: 80);
        Assert.InRange(_watch.Asked - asked, 9ul, 10ul);
    }

    [Fact]
    public void AnIdleNetworkIsAskedAtOnceWhenItIsUsedAgain()
    {
        Answer();
        _now += 10_000 * Millisecond;
        AnswerFor(seconds: 80);
        ulong asked = _watch.Asked;
        _sent++;
        AnswerFor(seconds: 1);
        Assert.InRange(_watch.Asked - asked, 20ul, 50ul);
        _sent++;
        Assert.Equal(NeighborVerdict.Deaf, LookFor(100));
    }

    [Fact]
    public void AfterALongPauseADeafDeviceIsFoundAllTheSame()
    {
        Answer();
        _now += 10_000 * Millisecond;
        AnswerFor(seconds: 80);
        Assert.Equal(NeighborVerdict.Deaf, LookFor(8200));
        _instance++;
        Answer();
        Assert.Equal(NeighborVerdict.Deaf, LookFor(3000));
    }

    // Its cable was pulled somewhere, or it was switched off: one restart, and no more until something is heard.
    [Fact]
    public void ANeighborThatStaysSilentCostsOneRestart()
    {
        Answer();
        Assert.Equal(NeighborVerdict.Deaf, LookFor(100));
        _instance++;
        Assert.NotEqual(NeighborVerdict.Deaf, LookFor(60_000));
        Answer();
        Assert.Equal(NeighborVerdict.Deaf, LookFor(3000));
    }

    [Fact]
    public void ALinkThatIsSlowIsWaitedFor()
    {
        Answer();
        Assert.Equal(NeighborVerdict.Ask, LookUntil(NeighborVerdict.Ask));
        _now += 40 * Millisecond;
        Answer();
        Look();

        Assert.NotEqual(NeighborVerdict.Deaf, LookFor(150));
        Assert.Equal(NeighborVerdict.Deaf, LookFor(2000));
    }

    // A flood on a busy host: the link stood still for 220 ms. It had stood still before, but had answered quickly many times since.
    [Fact]
    public void ALinkThatStandsStillNowAndThenIsStillWaitedForAfterManyQuickAnswers()
    {
        Answer();
        LookUntil(NeighborVerdict.Ask);
        _now += 80 * Millisecond;
        Answer();
        _sent++;
        AnswerFor(seconds: 1);
        _sent++;

        Assert.Equal(NeighborVerdict.Fine, LookFor(300));
    }

    [Fact]
    public void ALinkThatHasBeenQuickForLongIsNotWaitedForAsIfItWereSlow()
    {
        Answer();
        LookUntil(NeighborVerdict.Ask);
        _now += 80 * Millisecond;
        Answer();
        for (int seconds = 0; seconds < 30; seconds++)
        {
            _sent++;
            AnswerFor(seconds: 1);
        }

        Assert.Equal(NeighborVerdict.Deaf, LookFor(150));
    }

    // The longest time counted from a question to a deaf instance until its successor heard something: the next one was waited for half a minute.
    [Fact]
    public void WhatADeafInstanceWasAskedIsNotMeasured()
    {
        Answer();
        LookUntil(NeighborVerdict.Ask);
        _now += 900 * Millisecond;
        _instance++;
        Answer();
        Look();

        Assert.Equal(NeighborVerdict.Deaf, LookFor(100));
    }

    [Fact]
    public void WhileFramesWaitForTheDriverNothingIsHeldAgainstIt()
    {
        Answer();
        for (int look = 0; look < 1000; look++)
        {
            _now += 10 * Millisecond;
            Assert.Equal(NeighborVerdict.Fine, Look(isIdle: false));
        }
    }

    [Fact]
    public void AQuestionIsWhatTheRegistryOfAddressesSaysItIs()
    {
        Answer();
        byte[] question = new byte[NeighborWatch.QuestionBytes];
        _watch.WriteQuestion(question, s_own);

        // Unicast, as in RFC 1122 2.3.2.1 (2): to 52:55:0a:00:02:02, from us, who has 10.0.2.2, tell 10.0.2.15.
        Assert.Equal(
            "52550A0002025254001234560806" + "0001080006040001" + "525400123456" + "0A00020F" + "000000000000" + "0A000202",
            Convert.ToHexString(question.AsSpan(0, 42)));
        Assert.True(question.AsSpan(42).IndexOfAnyExcept((byte)0) < 0);
    }

    [Fact]
    public void AFrameOfAnyLengthIsReadSafely()
    {
        byte[] reply = Reply();
        for (int length = 0; length < reply.Length; length++)
        {
            _watch.Heard(reply.AsSpan(0, length), s_own);
        }

        _heard++;
        Assert.Equal(NeighborVerdict.Fine, LookFor(1000));
    }

    [Fact]
    public void TheShadowAsksAndReports()
    {
        NetworkRig rig = new NetworkRig(options: s_options).Boot();
        byte[] batch = new byte[128];
        int used = 0;
        Assert.True(PacketBatch.TryAppend(batch, ref used, Reply()));
        rig.Driver.Arrived = batch[..used];
        rig.Interrupt();
        for (int look = 0; look < 20; look++)
        {
            rig.Shadow.Pump();
            rig.SendRing();
            rig.Shadow.Pump();
            rig.Clock.AdvanceMilliseconds(10);
        }

        Assert.Equal(s_options.QuestionsUnanswered, rig.Wire.Sent.Count);
        Assert.Equal((NetworkRig.DriverDomain, FaultKind.Silence), (Assert.Single(rig.Faults).DomainId, rig.Faults[0].Kind));
    }

    private static byte[] Reply()
        => Convert.FromHexString("52540012345652550A0002020806" + "0001080006040002" + "52550A000202" + "0A000202" + "525400123456" + "0A00020F");

    private void Answer()
    {
        _watch.Heard(Reply(), s_own);
        _heard++;
    }

    private void AnswerFor(int seconds)
    {
        for (long end = _now + (seconds * 1000 * Millisecond); _now < end;)
        {
            _now += 10 * Millisecond;
            if (Look() == NeighborVerdict.Ask)
            {
                Answer();
            }
        }
    }

    private NeighborVerdict Look(bool isIdle = true)
        => _watch.Look(new NeighborTraffic(_heard, _sent), _instance, isIdle, _now);

    private NeighborVerdict LookUntil(NeighborVerdict wanted)
    {
        NeighborVerdict verdict = Look();
        while (verdict != wanted)
        {
            _now += 10 * Millisecond;
            verdict = Look();
        }

        return verdict;
    }

    // Anything but questions ends it.
    private NeighborVerdict LookFor(int milliseconds)
    {
        for (int elapsed = 0; elapsed < milliseconds; elapsed += 10)
        {
            _now += 10 * Millisecond;
            if (Look() == NeighborVerdict.Deaf)
            {
                return NeighborVerdict.Deaf;
            }
        }

        return NeighborVerdict.Fine;
    }
}
