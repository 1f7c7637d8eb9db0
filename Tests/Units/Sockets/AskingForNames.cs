using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Sockets;

public sealed class AskingForNames
{
    private readonly SocketRig _rig = new(options: new SocketShadowOptions { MaximumQueries = 1 });

    [Theory]
    [InlineData(CallStatus.NotFound)]
    [InlineData(CallStatus.TimedOut)]
    [InlineData(CallStatus.Unreachable)]
    public void AFailureReachesWhoAsked(CallStatus outcome)
    {
        _rig.WhileWaiting = () =>
        {
            _rig.Push();
            _rig.Stack.Host.Resolved(_rig.Stack.LastQuery, 0, outcome);
        };
        Assert.Equal(outcome, _rig.Sockets.Resolve("host"u8, SocketRig.Forever).Status);
    }

    [Fact]
    public void AnAnswerThatNobodyWaitsForIsDropped()
    {
        Assert.Equal(CallStatus.TimedOut, _rig.Sockets.Resolve("host"u8, 1000).Status);
        _rig.Stack.Host.Resolved(1, 5, CallStatus.Ok);
        _rig.Stack.Host.Resolved(77, 5, CallStatus.Ok);
        Assert.Equal(CallStatus.TimedOut, _rig.Sockets.Resolve("host"u8, 1000).Status);
    }

    [Fact]
    public void TooManyQuestionsAreRefused()
    {
        _rig.WhileWaiting = () => Assert.Equal(CallStatus.OutOfResources, _rig.Sockets.Resolve("b"u8, 0).Status);
        Assert.Equal(CallStatus.TimedOut, _rig.Sockets.Resolve("a"u8, 1000).Status);
    }
}
