using System.Collections.Generic;
using System.Linq;
using System.Text;
using NooksOS.Tool.Machines;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class ControlProtocolFraming
{
    private const string Session = "noise\u0001R\n\u0001B 1\nhello\nwörld\n\u0001E 1 0\n\u0001B 2\n\u0001E 2 -3\n";

    private static readonly ControlEvent[] s_session =
    [
        new(ControlEventKind.Output, Text: "noise"),
        new(ControlEventKind.Ready),
        new(ControlEventKind.Begin, 1),
        new(ControlEventKind.Output, Text: "hello\nwörld\n"),
        new(ControlEventKind.End, 1, 0),
        new(ControlEventKind.Begin, 2),
        new(ControlEventKind.End, 2, -3),
    ];

    [Fact]
    public void ASessionIsTakenApart() => Assert.Equal(s_session, Take(Session, chunk: int.MaxValue));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void ItDoesNotMatterHowTheBytesArrive(int chunk)
    {
        List<ControlEvent> events = Take(Session, chunk);
        Assert.Equal(s_session.Where(said => said.Kind != ControlEventKind.Output), events.Where(said => said.Kind != ControlEventKind.Output));
        Assert.Equal("noisehello\nwörld\n", string.Concat(events.Select(said => said.Text)));
    }

    [Fact]
    public void CarriageReturnsAreDropped()
    {
        Assert.Equal(
            [new(ControlEventKind.Output, Text: "a\nb\n"), new(ControlEventKind.End, 4, 1)],
            Take("a\r\nb\r\n\u0001E 4 1\r\n", chunk: int.MaxValue));
    }

    [Theory]
    [InlineData("\u0001X\n")]
    [InlineData("\u0001B one\n")]
    [InlineData("\u0001E 1\n")]
    [InlineData("\u0001\n")]
    public void WhatIsNoMarkIsOutput(string text) => Assert.Equal([new(ControlEventKind.Output, Text: text)], Take(text, chunk: int.MaxValue));

    [Fact]
    public void AnEndlessMarkIsOutput()
    {
        string text = "\u0001" + new string('x', 200);
        Assert.Equal(text, string.Concat(Take(text, chunk: 16).Select(said => said.Text)));
    }

    private static List<ControlEvent> Take(string text, int chunk)
    {
        ControlProtocol protocol = new();
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        List<ControlEvent> events = [];
        foreach (byte[] piece in bytes.Chunk(chunk))
        {
            events.AddRange(protocol.Take(piece));
        }

        return events;
    }
}
