using System;
using System.Security.Cryptography;
using NooksOS.Tool.Transfers;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class TransferMeasures
{
    [Fact]
    public void TheContentIsThatOfSplitmix64()
    {
        byte[] content = new byte[16];
        RandomContent.Fill(0, content);

        // The first two outputs for seed 0, as its authors give them.
        Assert.Equal(0xE220A8397B1DCDAFul, BitConverter.ToUInt64(content));
        Assert.Equal(0x6E789E6AA1B965F4ul, BitConverter.ToUInt64(content, 8));
    }

    [Fact]
    public void APartOfTheContentIsTheSameAsWithinTheWhole()
    {
        byte[] whole = new byte[4096];
        RandomContent.Fill(0, whole);
        byte[] part = new byte[1024];
        RandomContent.Fill(1000, part);
        Assert.Equal(SHA256.HashData(whole.AsSpan(1000, 1024)), SHA256.HashData(part));
    }

    [Fact]
    public void RequestsThatAreAlwaysBrokenOffBecomeShorter()
    {
        // Four megabytes never got through a bad link between two crashes of the server.
        PieceLength piece = new(4 << 20);
        for (int broken = 0; broken < 10; broken++)
        {
            piece.NoteBreak();
        }

        Assert.Equal(PieceLength.LeastBytes, piece.Bytes);
        piece.NoteEnd();
        Assert.Equal(2 * PieceLength.LeastBytes, piece.Bytes);
        for (int ended = 0; ended < 10; ended++)
        {
            piece.NoteEnd();
        }

        Assert.Equal(4 << 20, piece.Bytes);
    }

    [Fact]
    public void AShortTransferIsOnePieceWhateverHappens()
    {
        PieceLength piece = new(1000);
        piece.NoteBreak();
        Assert.Equal(1000, piece.Bytes);
        piece.NoteEnd();
        Assert.Equal(1000, piece.Bytes);
    }

    [Fact]
    public void TheLongestPauseOfEachWindowIsKept()
    {
        GapMeter meter = new(TimeSpan.FromMilliseconds(100));
        foreach (int milliseconds in new[] { 10, 20, 70, 110, 120, 130, 230 })
        {
            meter.Move(TimeSpan.FromMilliseconds(milliseconds));
        }

        Assert.Equal([50, 100], meter.Milliseconds);
    }
}
