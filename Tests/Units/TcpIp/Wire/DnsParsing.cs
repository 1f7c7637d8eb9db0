using System;
using System.Text;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Wire;

public class DnsParsing
{
    // An answer of a real server: www.example.org is an alias of a name that has an address, all names compressed.
    private const string Answer =
        "1234" + "8180" + "0001" + "0002" + "0000" + "0000"
        + "03777777" + "076578616d706c65" + "036f7267" + "00" + "0001" + "0001"
        + "c00c" + "0005" + "0001" + "0000012c" + "0006" + "03617061c010"
        + "c02d" + "0001" + "0001" + "0000012c" + "0004" + "5db8d822";

    private static readonly byte[] s_name = Name("www.example.org");

    [Fact]
    public void AnAliasIsFollowed()
    {
        Assert.Equal(DnsAnswer.Address, Read(Answer, out Ipv4Address address));
        Assert.Equal("93.184.216.34", address.ToString());
    }

    [Fact]
    public void CaseDoesNotMatter()
        => Assert.Equal(DnsAnswer.Address, Read(Answer.Replace("03777777", "03577757"), out _));

    [Theory]
    [InlineData("1234", "1235")]
    [InlineData("8180", "0180")]
    [InlineData("03777777", "03777778")]
    [InlineData("c02d", "c00c")]
    [InlineData("c02d", "c02b")]
    [InlineData("03617061c010", "03617061c02d")]
    [InlineData("5db8d822", "5db8d8")]
    public void WhatIsNoAnswerIsNotTaken(string part, string other)
        => Assert.NotEqual(DnsAnswer.Address, Read(Answer.Replace(part, other), out _));

    [Theory]
    [InlineData("8183", DnsAnswer.NoSuchName)]
    [InlineData("8182", DnsAnswer.ServerFailed)]
    [InlineData("8185", DnsAnswer.ServerFailed)]
    internal void FailuresAreTold(string flags, DnsAnswer expected)
        => Assert.Equal(expected, Read(Answer.Replace("8180", flags), out _));

    [Fact]
    public void AnAliasOfItselfEnds()
    {
        string loop = Answer.Replace("03617061c010", "c00cc00cc00c")[..^32];
        Assert.Equal(DnsAnswer.NotAnAnswer, Read(loop.Replace("0002", "0001"), out _));
    }

    [Fact]
    public void NamesThatCannotBeAreRefused()
    {
        byte[] space = new byte[DnsName.MaximumBytes];
        foreach (string name in new[] { "", ".", "a..b", new string('a', 64), string.Join('.', new string('a', 63), new string('b', 63), new string('c', 63), new string('d', 62)) })
        {
            Assert.False(DnsName.TryWrite(Encoding.ASCII.GetBytes(name), space, out _), name);
        }

        Assert.True(DnsName.TryWrite("Example.org."u8, space, out int length));
        Assert.Equal("076578616d706c65036f726700", Convert.ToHexStringLower(space.AsSpan(0, length)));
    }

    [Fact]
    public void NoOctetsAreTooStrange()
    {
        Random random = new(1);
        byte[] valid = Convert.FromHexString(Answer);
        byte[] message = new byte[600];
        for (int round = 0; round < 100_000; round++)
        {
            random.NextBytes(message);
            valid.CopyTo(message, 0);
            for (int changes = random.Next(8); changes > 0; changes--)
            {
                message[random.Next(valid.Length)] = (byte)random.Next(256);
            }

            DnsMessage.ReadAnswer(message.AsSpan(0, random.Next(message.Length)), 0x1234, s_name, out _);
        }
    }

    private static DnsAnswer Read(string message, out Ipv4Address address)
        => DnsMessage.ReadAnswer(Convert.FromHexString(message), 0x1234, s_name, out address);

    private static byte[] Name(string text)
    {
        byte[] name = new byte[DnsName.MaximumBytes];
        Assert.True(DnsName.TryWrite(Encoding.ASCII.GetBytes(text), name, out int length));
        return name[..length];
    }
}
