using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

public sealed class StreamsThatGather
{
    private const double MillisecondNanoseconds = 1e6;
    private const ulong FrameBytes = 1514;

    private readonly NetworkShadowOptions _options = new();
    private readonly StreamGathering _gathering;

    public StreamsThatGather() => _gathering = new StreamGathering(_options);

    [Fact]
    public void AtFirstNothingWaits() => Assert.Equal(0, _gathering.Nanoseconds);

    [Fact]
    public void AStreamThatComesSlowlyGathersUntilAnExchangeIsWorthIt()
    {
        ulong frames = Run(_gathering, framesPerMillisecond: 36, window: ulong.MaxValue, rounds: 200);
        Assert.InRange(frames, (ulong)_options.EnoughFrames * 3 / 4, (ulong)_options.EnoughFrames * 3 / 2);
    }

    [Fact]
    public void AStreamThatFillsItsBatchesDoesNotWait()
    {
        Run(_gathering, framesPerMillisecond: 1000, window: PacketBatch.ExchangeFrames, rounds: 200);
        Assert.Equal(0, _gathering.Nanoseconds);
    }

    [Fact]
    public void ASenderWhoseWindowIsSmallIsNotKeptWaiting()
    {
        // 32 KiB, which come as soon as the ones before have gone.
        long waited = 0;
        for (int round = 0; round < 1000; round++)
        {
            waited += _gathering.Nanoseconds;
            Move(_gathering, 22);
        }

        Assert.InRange(waited / 1000, 0, _options.GatherStepNanoseconds / 20);
    }

    [Fact]
    public void AStepThatOnlySeemedToBringMoreIsTakenBack()
    {
        // What is under way is 64 KiB, but for some rounds less came.
        for (int round = 0; round < 400; round++)
        {
            Move(_gathering, round < 4 ? 30u : 44);
        }

        Assert.Equal(0, _gathering.Nanoseconds);
    }

    [Fact]
    public void ASenderWhoseWindowHasGrownGathersAgain()
    {
        Run(_gathering, framesPerMillisecond: 40, window: 30, rounds: 100);
        Assert.Equal(0, _gathering.Nanoseconds);
        Run(_gathering, framesPerMillisecond: 40, window: ulong.MaxValue, rounds: 400);
        Assert.NotEqual(0, _gathering.Nanoseconds);
    }

    [Fact]
    public void TheWaitHasAnEnd()
    {
        NetworkShadowOptions options = new() { EnoughFrames = 1000 };
        StreamGathering gathering = new(options);
        Run(gathering, framesPerMillisecond: 20, window: ulong.MaxValue, rounds: 1000);
        Assert.Equal(options.GatherSteps * options.GatherStepNanoseconds, gathering.Nanoseconds);
    }

    [Fact]
    public void TheEndOfAStreamEndsTheWait()
    {
        Run(_gathering, framesPerMillisecond: 25, window: ulong.MaxValue, rounds: 20);
        Assert.NotEqual(0, _gathering.Nanoseconds);
        Move(_gathering, 3);
        Assert.Equal(0, _gathering.Nanoseconds);
    }

    [Fact]
    public void ManyShortFramesAreNoStream()
    {
        for (int round = 0; round < 100; round++)
        {
            _gathering.Judge(new FrameCount(40, 40 * 60));
        }

        Assert.Equal(0, _gathering.Nanoseconds);
    }

    // A round takes a millisecond and what it waits for. Returns what the last one has moved.
    private static ulong Run(StreamGathering gathering, ulong framesPerMillisecond, ulong window, int rounds)
    {
        ulong frames = 0;
        for (int round = 0; round < rounds; round++)
        {
            double milliseconds = 1 + (gathering.Nanoseconds / MillisecondNanoseconds);
            frames = ulong.Min((ulong)(framesPerMillisecond * milliseconds), window);
            Move(gathering, frames);
        }

        return frames;
    }

    private static void Move(StreamGathering gathering, ulong frames)
        => gathering.Judge(new FrameCount(frames, frames * FrameBytes));
}
