using NooksOS.Recovery;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class AnswersThatAreWaitedFor
{
    private const ulong Start = 5000;

    private readonly AnswerPatience _patience = new();
    private ulong _effects;

    [Fact]
    public void NobodyIsWaitedForWhileTheProcessorHasNothingToDo()
    {
        Begin();
        Assert.False(IsOver(all: AnswerPatience.IdleTicks - 1, idle: AnswerPatience.IdleTicks - 1, asked: 0));
        Assert.True(IsOver(all: AnswerPatience.IdleTicks, idle: AnswerPatience.IdleTicks, asked: 0));
    }

    [Fact]
    public void AQuestionThatIsRepeatedIsWaitedForLessLong()
    {
        _patience.Begin(new ProcessorTicks(Start, Start, Start), 0, isAgain: true);
        Assert.False(IsOver(all: 40, idle: AnswerPatience.IdleTicksAgain - 1, asked: 0));
        Assert.True(IsOver(all: 40, idle: AnswerPatience.IdleTicksAgain, asked: 0));
        Begin();
        Assert.False(IsOver(all: 40, idle: AnswerPatience.IdleTicksAgain, asked: 0));
    }

    // A stack is told the time every ten milliseconds, and may have waited for that.
    [Fact]
    public void OneTurnOfATimerIsWaitedFor() => Assert.InRange(AnswerPatience.IdleTicks, 12ul, 20ul);

    [Fact]
    public void WhileOthersWorkOneIsWaitedFor()
    {
        Begin();
        Assert.False(IsOver(all: AnswerPatience.MostTicks - 1, idle: 3, asked: 20));
        Assert.True(IsOver(all: AnswerPatience.MostTicks, idle: 3, asked: 20));
    }

    // Trials khttpd 64, 178 and 747 of seed 10: a server that went round in circles was waited for twice as long as anybody else.
    [Fact]
    public void WhoHasWorkedForMuchLongerThanEverWillNotAnswer()
    {
        Answer(work: 3);
        Begin();
        Assert.False(IsOver(all: 99, idle: 0, asked: AnswerPatience.LeastWorkTicks - 1));
        Assert.True(IsOver(all: 99, idle: 0, asked: AnswerPatience.LeastWorkTicks));
    }

    // Trial khttpd 41 of seed 41: the stack under a server that went round in circles was asked again, and got no turn to answer in.
    [Fact]
    public void WhoWorksInVainIsToldFromWhoWaitsForAnother()
    {
        Answer(work: 3);
        Begin();
        ProcessorTicks busy = new(Start + 40, Start, Start + AnswerPatience.VainWorkTicks);
        Assert.True(_patience.IsOver(busy, _effects));
        Assert.True(_patience.WorksInVain(busy));
        Begin();
        ProcessorTicks idle = new(Start + 40, Start + AnswerPatience.IdleTicks, Start + 5);
        Assert.True(_patience.IsOver(idle, _effects));
        Assert.False(_patience.WorksInVain(idle));
    }

    // Two clients of a server that nobody had asked for anything before: it worked on and on, for them.
    [Fact]
    public void WhoSuddenlyHasMuchToDoForOthersDoesNotWorkInVain()
    {
        Answer(work: 3);
        Begin();
        for (ulong work = 0; work < AnswerPatience.LeastWorkTicks; work += 10)
        {
            Assert.False(IsOver(all: work, idle: 0, asked: work));
        }

        Assert.False(_patience.WorksInVain(new ProcessorTicks(Start + 60, Start, Start + AnswerPatience.LeastWorkTicks)));
    }

    // An emulator translates the code of a fresh instance, which takes as long as its host lets it.
    [Fact]
    public void TheFirstAnswerOfAnInstanceMayTakeAsLongAsAny()
    {
        Answer(work: 3);
        _patience.Forget();
        Begin();
        ulong longest = AnswerPatience.MostTicks - 1;
        Assert.False(_patience.IsOver(new ProcessorTicks(Start + longest, Start, Start + longest), _effects));
    }

    [Fact]
    public void WhoHasMuchToDoForOthersIsWaitedForLonger()
    {
        Answer(work: 30);
        Begin();
        Assert.False(IsOver(all: 240, idle: 0, asked: 239));
        Assert.True(IsOver(all: 240, idle: 0, asked: 240));
    }

    [Fact]
    public void OneSlowAnswerIsForgottenInTime()
    {
        Answer(work: 90);
        Assert.Equal(AnswerPatience.MostTicks, _patience.WorkBoundTicks);
        for (int answer = 0; answer < 60; answer++)
        {
            Answer(work: 2);
        }

        Assert.InRange(_patience.WorkBoundTicks, AnswerPatience.LeastWorkTicks, 200ul);
    }

    private void Begin() => _patience.Begin(new ProcessorTicks(Start, Start, Start), _effects);

    private bool IsOver(ulong all, ulong idle, ulong asked) => _patience.IsOver(new ProcessorTicks(Start + all, Start + idle, Start + asked), ++_effects);

    private void Answer(ulong work)
    {
        Begin();
        _patience.NoteAnswer(new ProcessorTicks(Start + work, Start, Start + work));
    }
}
