using System;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using NooksOS.Tool.Links;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public class GivenAddresses
{
    private static readonly MacAddress s_client = new(0x5634_1200_5452);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhoAsksGetsTheAddressThatForwardsKnow(bool isFirst)
    {
        byte[] answer = new byte[AddressLease.MaximumBytes];
        Assert.True(AddressLease.TryAnswer(Question(isFirst ? DhcpMessageType.Discover : DhcpMessageType.Request), answer));
        Assert.True(DhcpMessage.TryParse(answer, out DhcpMessage message));
        Assert.Equal(isFirst ? DhcpMessageType.Offer : DhcpMessageType.Acknowledge, message.Type);
        Assert.Equal((DhcpOperation.Reply, 77u, s_client), (message.Operation, message.Transaction, message.ClientHardware));
        Assert.True(DhcpLease.TryMake(message, 0, out DhcpLease lease));
        Assert.Equal((UserNetwork.GuestAddress, UserNetwork.GatewayAddress), (lease.Address.Value, lease.Gateway.Value));
        Assert.Equal(UserNetwork.GatewayAddress, lease.Server.Value);
    }

    [Fact]
    public void OtherMessagesAreNotAnswered()
    {
        byte[] answer = new byte[AddressLease.MaximumBytes];
        Assert.False(AddressLease.TryAnswer(Question(DhcpMessageType.Decline), answer));
        Assert.False(AddressLease.TryAnswer(Question(DhcpMessageType.Discover, DhcpOperation.Reply), answer));
    }

    [Fact]
    public void AMessageThatEndsAnywhereDoesNoHarm()
    {
        byte[] question = Question(DhcpMessageType.Discover);
        byte[] answer = new byte[AddressLease.MaximumBytes];
        for (int length = 0; length < question.Length; length++)
        {
            AddressLease.TryAnswer(question.AsSpan(0, length), answer);
        }
    }

    private static byte[] Question(DhcpMessageType type, DhcpOperation operation = DhcpOperation.Request)
    {
        byte[] bytes = new byte[DhcpMessage.MaximumBytes];
        int length = new DhcpMessage { Operation = operation, Type = type, Transaction = 77, ClientHardware = s_client }.Write(bytes);
        return bytes[..length];
    }
}
