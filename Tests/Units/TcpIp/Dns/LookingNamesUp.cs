using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Recovery.Shadows;
using NooksOS.Tests.Units.TcpIp.Tcp;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Dns;

public class LookingNamesUp
{
    private readonly StackWithAddress _stack = new();
    private readonly FakeTransportHost _host = new();
    private readonly NameServer _server;

    public LookingNamesUp()
    {
        _server = new NameServer(_stack.Network);
        _stack.Stack.Interface.OpenTransport(new BlockMemory(), _host);
    }

    [Fact]
    public void TheServerOfTheLeaseIsAsked()
    {
        Ask(7, "Host.example");
        _stack.RunMilliseconds(50);
        Assert.Equal([(7u, NameServer.Known.Value, CallStatus.Ok)], _host.Answers);
    }

    [Fact]
    public void ANameThatIsNotThereIsNotFound()
    {
        Ask(1, "other.example");
        Ask(2, "..");
        _stack.RunMilliseconds(50);
        Assert.Equal([(2u, 0u, CallStatus.NotFound), (1u, 0u, CallStatus.NotFound)], _host.Answers);
    }

    [Fact]
    public void ALostQuestionIsRepeated()
    {
        _server.Ignores = 2;
        Ask(1, "host");
        _stack.RunSeconds(5);
        Assert.Equal(3, _server.Questions.Count);
        Assert.Equal(CallStatus.Ok, Assert.Single(_host.Answers).Outcome);
    }

    [Fact]
    public void AQuestionLostWithItsDriverIsRepeatedWhenThereIsAnother()
    {
        _stack.Network.Loss = 1;
        Ask(1, "host");
        _stack.RunMilliseconds(50);
        _stack.Network.Loss = 0;
        _stack.Stack.Interface.ChangeLink(true, _stack.Network.Now);
        _stack.RunMilliseconds(50);
        Assert.Equal(CallStatus.Ok, Assert.Single(_host.Answers).Outcome);
    }

    [Fact]
    public void ASilentServerIsGivenUp()
    {
        _server.Ignores = int.MaxValue;
        Ask(1, "host");
        _stack.RunSeconds(30);
        Assert.Equal(DnsClient.MaximumAttempts, _server.Questions.Count);
        Assert.Equal([(1u, 0u, CallStatus.TimedOut)], _host.Answers);
    }

    [Fact]
    public void EachQuestionHasAPortAndANumberOfItsOwn()
    {
        for (uint query = 0; query < DnsClient.Capacity; query++)
        {
            Ask(query, "host");
            Ask(query, "host");
        }

        Ask(99, "host");
        _stack.RunSeconds(3);
        Assert.Equal(DnsClient.Capacity, _server.Questions.Select(question => question.Port).Distinct().Count());
        Assert.Equal(DnsClient.Capacity, _server.Questions.Select(question => question.Identifier).Distinct().Count());
        Assert.Equal(CallStatus.Busy, _host.Answers.Single(answer => answer.Query == 99).Outcome);
        Assert.Equal(DnsClient.Capacity, _host.Answers.Count(answer => answer.Outcome == CallStatus.Ok));
    }

    // The kernel let 64 ask, and the stack told all but 16 of them that it was busy.
    [Fact]
    public void AsManyAreAnsweredAsTheKernelLetsAsk()
    {
        int count = new SocketShadowOptions().MaximumQueries;
        for (uint query = 0; query < count; query++)
        {
            Ask(query, "host");
        }

        _stack.RunSeconds(3);
        Assert.Equal(count, _host.Answers.Count(answer => answer.Outcome == CallStatus.Ok));
    }

    [Fact]
    public void ForgedAnswersAreNotTaken()
    {
        _server.Change = answer => answer[1]++;
        Ask(1, "host");
        _stack.RunMilliseconds(50);
        _server.Change = null;
        _server.Port = 54;
        _stack.RunSeconds(2);
        Assert.Empty(_host.Answers);
        _server.Port = 53;
        _stack.RunSeconds(3);
        Assert.Equal([(1u, NameServer.Known.Value, CallStatus.Ok)], _host.Answers);
    }

    private void Ask(uint query, string name)
        => _stack.Stack.Interface.Resolve(query, System.Text.Encoding.ASCII.GetBytes(name), _stack.Network.Now);
}
