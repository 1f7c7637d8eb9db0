using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>Questions to a neighbour of which each has an answer of its own.</summary>
public sealed class EchoesOfNeighbors
{
    private const long Millisecond = FakeClock.Millisecond;
    private const int LongestFrameBytes = 1514;

    private static readonly MacAddress s_own = new(0x5634_1200_5452);

    private readonly NeighborWatch _watch = new(new NetworkShadowOptions()) { IsVigilant = true };
    private readonly List<int> _lengths = [];
    private long _now = 1000 * Millisecond;
    private ulong _heard;
    private ulong _sent;
    private uint _instance = 1;

    private Func<byte[], bool> _isAnswered = _ => true;
    private bool _bringsOldAnswers;
    private byte[]? _firstEcho;

    [Fact]
    public void ANeighborThatAnswersEverythingIsAskedForEverAtBothLengths()
    {
        Assert.Equal(NeighborVerdict.Fine, LookFor(5000));
        Assert.Contains(LongestFrameBytes, _lengths);
        Assert.Contains(EchoQuestion.LeastFrameBytes, _lengths);
        Assert.Equal(1u, _instance);
    }

    // Trials of e1000: a broken loop in ReceiveRing.Drain brought one old answer of the neighbour's again and again, as if it were the next one.
    [Fact]
    public void AnOldAnswerThatIsBroughtAgainAndAgainIsNone()
    {
        Assert.Equal(NeighborVerdict.Fine, LookFor(500));
        _isAnswered = _ => false;
        _bringsOldAnswers = true;
        long start = _now;
        Assert.NotEqual(NeighborVerdict.Fine, LookFor(1000));
        Assert.InRange(_now - start, 20 * Millisecond, 80 * Millisecond);
    }

    // Trials of e1000: a broken TransmitRing.Arm wrote one byte of each length, so that long frames left as short ones.
    [Fact]
    public void ADeviceThatLetsShortFramesPassOnlyIsFound()
    {
        Assert.Equal(NeighborVerdict.Fine, LookFor(500));
        _isAnswered = frame => frame.Length <= byte.MaxValue;
        long start = _now;
        Assert.NotEqual(NeighborVerdict.Fine, LookFor(1000));
        Assert.InRange(_now - start, 20 * Millisecond, 120 * Millisecond);
    }

    [Fact]
    public void ANeighborThatNeverAnswersEchoesIsNotHeldAgainstTheDriver()
    {
        _isAnswered = AddressResolutionOnly;
        Assert.Equal(NeighborVerdict.Fine, LookFor(5000));
    }

    [Fact]
    public void NeitherIsOneThatAnswersShortOnesOnly()
    {
        _isAnswered = frame => frame.Length <= byte.MaxValue;
        Assert.Equal(NeighborVerdict.Fine, LookFor(5000));
    }

    // It may answer no more than so many a second, or not any more. The others cost one restart a minute.
    [Fact]
    public void ANeighborThatAnswersEchoesNowAndThenCostsOneRestartAMinute()
    {
        _isAnswered = frame => AddressResolutionOnly(frame) || _now / (200 * Millisecond) % 2 == 0;
        for (int second = 0; second < 100; second++)
        {
            LookFor(1000);
        }

        Assert.InRange(_instance, 2u, 3u);
    }

    [Fact]
    public void WhereNothingIsProbedNobodyIsAskedSo()
    {
        _watch.IsVigilant = false;
        LookFor(5000);
        Assert.Empty(_lengths);
    }

    [Fact]
    public void OnlyAWholeAndIntactAnswerIsOne()
    {
        byte[] frame = AnswerTo(Echo(7, LongestFrameBytes));
        Assert.True(EchoQuestion.TryReadAnswer(frame, out ushort number));
        Assert.Equal(7, number);
        Assert.False(EchoQuestion.TryReadAnswer(Echo(7, LongestFrameBytes), out _));
        for (int length = 0; length < frame.Length; length++)
        {
            Assert.False(EchoQuestion.TryReadAnswer(frame.AsSpan(0, length), out _));
        }

        for (int index = TransportFrame.EthernetBytes + 20; index < frame.Length; index++)
        {
            frame[index] ^= 0x40;
            Assert.False(EchoQuestion.TryReadAnswer(frame, out _));
            frame[index] ^= 0x40;
        }
    }

    private static bool AddressResolutionOnly(byte[] frame) => AddressResolution.IsQuestion(frame);

    private static byte[] Echo(ushort number, int lengthBytes)
    {
        byte[] frame = new byte[lengthBytes];
        EchoQuestion.Write(frame, new MacAddress(0x0202_0000_5552), s_own, 0x0A00_0202, 0x0A00_020F, number);
        return frame;
    }

    private static byte[] AnswerTo(byte[] question)
    {
        if (AddressResolution.IsQuestion(question))
        {
            return NeighborsOfProbedSystems.Reply();
        }

        byte[] answer = [.. question];
        Span<byte> message = answer.AsSpan(TransportFrame.EthernetBytes + 20);
        message[0] = 0;
        message.Slice(2, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], (ushort)~TransportFrame.Fold(TransportFrame.Add(0, message)));
        return answer;
    }

    // Until somebody is blamed. The network is in use meanwhile.
    private NeighborVerdict LookFor(int milliseconds)
    {
        NeighborVerdict verdict = NeighborVerdict.Fine;
        if (_heard == 0)
        {
            Hear(AnswerTo(Question()));
        }

        for (long end = _now + (milliseconds * Millisecond); _now < end; _now += 2 * Millisecond)
        {
            _sent += _now % (100 * Millisecond) == 0 ? 1u : 0;
            if (_bringsOldAnswers)
            {
                Hear(AnswerTo(Question()));
                Hear(_firstEcho!);
            }

            verdict = _watch.Look(new NeighborTraffic(_heard, _sent), _instance, isIdle: true, _now);
            if (verdict == NeighborVerdict.Ask)
            {
                Ask();
            }
            else if (verdict != NeighborVerdict.Fine)
            {
                _instance++;
                return verdict;
            }
        }

        return NeighborVerdict.Fine;
    }

    private void Ask()
    {
        AnswerIfHeard(Question());
        if (_watch.AsksEchoes)
        {
            byte[] echo = new byte[LongestFrameBytes];
            echo = echo[.._watch.WriteEcho(echo, s_own)];
            _lengths.Add(echo.Length);
            AnswerIfHeard(echo);
        }
    }

    private void AnswerIfHeard(byte[] question)
    {
        if (_isAnswered(question))
        {
            byte[] answer = AnswerTo(question);
            _firstEcho ??= AddressResolution.IsAnswer(answer) ? null : answer;
            Hear(answer);
        }
    }

    private byte[] Question()
    {
        byte[] question = new byte[NeighborWatch.QuestionBytes];
        _watch.WriteQuestion(question, s_own);
        return question;
    }

    private void Hear(byte[] frame)
    {
        _watch.Heard(frame, s_own);
        _heard++;
    }
}
