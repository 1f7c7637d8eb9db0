using System;
using System.Buffers.Binary;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

public sealed class FramesBroughtAgain
{
    private const int FrameBytes = 90;
    private const int NumberOffset = 38;

    private readonly RepetitionWatch _watch = new();

    // Trial e1000 87 of seed 2: a driver that no longer saw the end of its ring brought the same frames for ever.
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(200)]
    public void ADriverThatGoesRoundItsRingForEverIsFoundSoon(int ringFrames)
    {
        int brought = 0;
        while (brought < 1024 && !IsBlamed(1))
        {
            _watch.Heard(Frame((uint)(brought % ringFrames)), 1);
            brought++;
        }

        Assert.InRange(brought, 1, 1023);
        Assert.False(IsBlamed(1));
    }

    [Fact]
    public void FramesThatDifferInANumberOnlyAreNoRepetitions()
    {
        for (uint number = 0; number < 10_000; number++)
        {
            _watch.Heard(Frame(number), 1);
            Assert.False(IsBlamed(1));
        }
    }

    [Fact]
    public void FramesThatANetworkRepeatsNowAndThenAreNotTheDriversFault()
    {
        for (uint number = 0; number < 10_000; number++)
        {
            _watch.Heard(Frame(number / 2), 1);
            Assert.False(IsBlamed(1));
        }
    }

    // A machine that had nothing to do restarted its driver every 85 s: its neighbour answers one question in the same words each time.
    [Fact]
    public void TheSameAnswerNowAndThenIsNotTheDriversFault()
    {
        for (int answers = 0; answers < 10_000; answers++)
        {
            _watch.Heard(Frame(0), 1);
            Assert.False(_watch.TakeVerdict(1, isAtRest: true, answers * 330_000_000L));
        }
    }

    [Fact]
    public void SomebodyWhoSendsOneFrameForEverCostsOneRestartInAWhile()
    {
        int restarts = 0;
        for (int milliseconds = 0; milliseconds < 120_000; milliseconds++)
        {
            for (int frames = 0; frames < 10; frames++)
            {
                _watch.Heard(Frame(0), 1 + (uint)restarts);
            }

            restarts += _watch.TakeVerdict(1 + (uint)restarts, isAtRest: false, milliseconds * 1_000_000L) ? 1 : 0;
        }

        Assert.Equal(2, restarts);
    }

    [Fact]
    public void AnotherInstanceHasNotRepeatedAnything()
    {
        for (int brought = 0; brought < 511; brought++)
        {
            _watch.Heard(Frame(0), 1);
        }

        Assert.False(IsBlamed(2));
        _watch.Heard(Frame(0), 2);
        Assert.False(IsBlamed(2));
    }

    // The same trial: nobody less urgent than the thread that moves frames ever ran again, and the machine seemed to hang.
    [Fact]
    public void ADriverThatAlwaysHasSomethingToSayLetsOthersRun()
    {
        int brought = 0;
        NetworkRig? rig = null;
        rig = new NetworkRig(() =>
        {
            if (rig is { Driver: { } driver } && brought < 100_000)
            {
                driver.Arrived = NetworkRig.Batch(brought++);
                driver.HasMore = true;
            }

            return DeathPoint.None;
        }).Boot();
        rig.Interrupt();
        rig.Shadow.Pump(stopsUnderLoad: true, out bool isBusy);
        Assert.True(isBusy);
    }

    private bool IsBlamed(uint instance) => _watch.TakeVerdict(instance, isAtRest: false, nowNanoseconds: 0);

    private static byte[] Frame(uint number)
    {
        byte[] frame = new byte[FrameBytes];
        Array.Fill(frame, (byte)0x55);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(NumberOffset), number);
        return frame;
    }
}
