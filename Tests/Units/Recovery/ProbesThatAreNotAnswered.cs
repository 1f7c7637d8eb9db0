using NooksOS.Recovery;
using Xunit;

namespace NooksOS.Tests.Units.Recovery;

public sealed class ProbesThatAreNotAnswered
{
    private const uint Stack = 7;

    private readonly ProbeSuspicion _suspicion = new();

    [Fact]
    public void WhoNeverAnsweredIsNotBlamed() => Assert.Equal(ProbeSuspect.Nobody, Judge(1));

    [Fact]
    public void WhoAnsweredBeforeIsBlamedOnce()
    {
        _suspicion.NoteAnswer();
        Assert.Equal(ProbeSuspect.Asked, Judge(1));
        Assert.Equal(ProbeSuspect.Nobody, Judge(1));
    }

    // Trials tcpip 45 of seed 16, 370 of seed 17, 64 and 142 of seed 19: the stack answered what it was asked itself and stopped in the middle of
    // what was longer. The server was replaced for it, and the users of both waited for ever.
    [Fact]
    public void WhenTheReplacementDoesNotAnswerEitherWhatItStandsOnIsBlamedOnce()
    {
        _suspicion.NoteAnswer();
        Assert.Equal(ProbeSuspect.Asked, Judge(1));
        Assert.Equal(ProbeSuspect.Foundation, Judge(2));
        Assert.Equal(ProbeSuspect.Nobody, Judge(2));
        Assert.Equal(ProbeSuspect.Nobody, Judge(3, Stack + 1));

        _suspicion.NoteAnswer();
        Assert.Equal(ProbeSuspect.Asked, Judge(3, Stack + 1));
        Assert.Equal(ProbeSuspect.Foundation, Judge(4, Stack + 1));
    }

    [Fact]
    public void AReplacementThatAnswersSpeaksForWhatItStandsOn()
    {
        for (uint instance = 1; instance < 100; instance++)
        {
            _suspicion.NoteAnswer();
            Assert.Equal(ProbeSuspect.Asked, Judge(instance));
        }
    }

    [Fact]
    public void OnABusyMachineTheReplacementIsWaitedFor()
    {
        _suspicion.NoteAnswer();
        Assert.Equal(ProbeSuspect.Asked, Judge(1, isFinal: false));
        Assert.Equal(ProbeSuspect.Nobody, Judge(2, isFinal: false));
        Assert.Equal(ProbeSuspect.Nobody, Judge(2, isFinal: false));
        Assert.Equal(ProbeSuspect.Foundation, Judge(2));
    }

    [Fact]
    public void WhatWasReplacedMeanwhileIsNotBlamed()
    {
        _suspicion.NoteAnswer();
        Assert.Equal(ProbeSuspect.Asked, Judge(1));
        Assert.Equal(ProbeSuspect.Nobody, Judge(2, Stack + 1));
        Assert.Equal(ProbeSuspect.Nobody, Judge(2, Stack + 1));
    }

    [Fact]
    public void WhoStandsOnNobodyIsBlamedAlone()
    {
        _suspicion.NoteAnswer();
        Assert.Equal(ProbeSuspect.Asked, Judge(1, foundation: null));
        Assert.Equal(ProbeSuspect.Nobody, Judge(2, foundation: null));
    }

    [Fact]
    public void WhileWhatItStandsOnFailsNobodyElseIsBlamed()
    {
        _suspicion.NoteAnswer();
        Assert.Equal(ProbeSuspect.Nobody, _suspicion.Judge(1, Stack, isAskedToBlame: false, isFinal: true));
        Assert.Equal(ProbeSuspect.Nobody, Judge(2));
    }

    private ProbeSuspect Judge(uint asked, uint? foundation = Stack, bool isFinal = true)
        => _suspicion.Judge(asked, foundation, isAskedToBlame: true, isFinal);
}
