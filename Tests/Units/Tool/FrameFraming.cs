using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NooksOS.Tool.Links;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class FrameFraming
{
    private static readonly byte[][] s_frames = [[1, 2, 3], [], [4], [.. Enumerable.Range(0, 300).Select(number => (byte)number)]];

    private readonly List<byte[]> _found = [];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(1000)]
    public void FramesAreFoundHoweverTheBytesAreCut(int pieceBytes)
    {
        FrameParser parser = new(frame => _found.Add(frame.ToArray()));
        byte[] bytes = [.. s_frames.SelectMany(frame => new byte[] { 0, 0, (byte)(frame.Length >> 8), (byte)frame.Length }.Concat(frame))];
        foreach (byte[] piece in bytes.Chunk(pieceBytes))
        {
            parser.Take(piece);
        }

        Assert.Equal(s_frames, _found);
    }

    [Fact]
    public void TheLongestFrameIsTaken()
    {
        FrameParser parser = new(frame => _found.Add(frame.ToArray()));
        parser.Take([0, 1, 0x10, 0]);
        parser.Take(new byte[FrameParser.LongestFrameBytes]);
        Assert.Equal(FrameParser.LongestFrameBytes, Assert.Single(_found).Length);
    }

    [Theory]
    [InlineData(new byte[] { 0, 1, 0x10, 1 })]
    [InlineData(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF })]
    public void ALengthThatNoFrameHasIsRefused(byte[] prefix) =>
        Assert.Throws<InvalidDataException>(() => new FrameParser(_ => { }).Take(prefix));
}
