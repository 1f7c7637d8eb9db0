using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>Segments that a device had received when its driver died.</summary>
public sealed class RescuedFrames
{
    private const int BufferBytes = 2048;
    private const byte Synchronize = 0x02;

    private static readonly MacAddress s_own = new(0x5634_1200_5452);

    private readonly RecentSegments _passed = new();

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public void AnIntactSegmentForUsIsFound(int offset)
    {
        byte[] memory = new byte[4 * BufferBytes];
        ForUs(1).CopyTo(memory.AsSpan((2 * BufferBytes) + offset));
        Assert.Equal([ForUs(1)], Search(memory));
    }

    // Trial rtl8139 35 of seed 71: the device was told addresses that were somewhat wrong, and a request for a connection lay where nobody looked.
    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(2000)]
    public void FramesThatAllLieSomewhatWrongAreFound(int offset)
    {
        byte[] memory = new byte[6 * BufferBytes];
        for (uint slot = 1; slot < 5; slot++)
        {
            ForUs(slot).CopyTo(memory.AsSpan(((int)slot * BufferBytes) + offset));
        }

        Assert.Equal([ForUs(1), ForUs(2), ForUs(3), ForUs(4)], Search(memory));
    }

    [Fact]
    public void OneThatWasBroughtIsNotFoundAgain()
    {
        byte[] memory = new byte[2 * BufferBytes];
        ForUs(1).CopyTo(memory, 0);
        ForUs(2).CopyTo(memory, BufferBytes);
        Assert.True(TransportFrame.TryFindInFrame(ForUs(1), out ReadOnlySpan<byte> brought));
        _passed.Note(brought);
        Assert.Equal([ForUs(2)], Search(memory));
    }

    [Fact]
    public void ADamagedOneIsNot()
    {
        byte[] memory = new byte[BufferBytes];
        byte[] frame = ForUs(1);
        for (int index = 6; index < frame.Length; index++)
        {
            frame.CopyTo(memory, 0);
            memory[index] ^= 0x10;
            bool isHeaderOfFrame = index < TransportFrame.EtherTypeOffset;
            Assert.Equal(isHeaderOfFrame ? 1 : 0, Search(memory).Count);
        }
    }

    [Fact]
    public void OneForSomebodyElseIsNot()
    {
        byte[] memory = new byte[BufferBytes];
        TcpFrames.Make(Synchronize).CopyTo(memory, 0);
        Assert.Empty(Search(memory));
    }

    [Fact]
    public void WhateverIsInTheMemoryIsReadSafely()
    {
        Random random = new(1);
        byte[] memory = new byte[BufferBytes];
        for (int round = 0; round < 2000; round++)
        {
            random.NextBytes(memory);
            ForUs(1).AsSpan(0, random.Next(40)).CopyTo(memory);
            Search(memory);
        }

        Assert.Empty(Search(memory.AsSpan(0, 100)));
    }

    [Fact]
    public void TheStackGetsWhatTheDriverDidNotLiveToBring()
    {
        NetworkRig rig = new();
        Memory memory = new();
        rig.StartDriver(memory: memory);
        rig.StartStack();
        rig.Shadow.Pump();
        ForUs(5).CopyTo(memory.Bytes, 0);
        rig.KillDriver();
        rig.StartDriver();
        rig.Shadow.Pump();

        Assert.Equal([ForUs(5)], rig.Received);
    }

    private static byte[] ForUs(uint sequence)
    {
        byte[] frame = TcpFrames.Make(Synchronize, sequence);
        s_own.Write(frame);
        return frame;
    }

    private List<byte[]> Search(ReadOnlySpan<byte> memory)
    {
        List<byte[]> found = [];
        FrameRescue.Search(memory, s_own, _passed, frame => found.Add(frame.ToArray()));
        return found;
    }

    private sealed class Memory() : TrackedObject(TrackedKind.DmaBuffer, BufferBytes), ITrackedMemory
    {
        public byte[] Bytes { get; } = new byte[BufferBytes];

        public ReadOnlySpan<byte> Content => Bytes;

        protected override bool Release() => true;
    }
}
