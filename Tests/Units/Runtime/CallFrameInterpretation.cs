using System;
using NooksOS.Runtime;
using Xunit;

namespace NooksOS.Tests.Units.Runtime;

/// <summary>The instructions that the compiler describes frames with (DWARF 4 §6.4.2).</summary>
public sealed unsafe class CallFrameInterpretation
{
    private const int DataAlignment = -8;
    private const uint Rbx = 3;
    private const uint Rbp = 6;
    private const uint Rsp = 7;
    private const uint R15 = 15;

    // What the compiler's common entry says: the frame address is RSP + 8, the return address lies below it.
    private static readonly byte[] s_common = [0x0C, (byte)Rsp, 8, 0x80 | CallFrameRules.ReturnAddress, 1];

    // push rbp; push r15; push rbx; sub rsp, 0x20; lea rbp, [rsp + 0x30]
    private static readonly byte[] s_method =
    [
        0x41, 0x0E, 16, 0x86, 2,
        0x42, 0x0E, 24, 0x8F, 3,
        0x41, 0x0E, 32, 0x83, 4,
        0x44, 0x0E, 64,
        0x45, 0x0C, (byte)Rbp, 16,
        0x00,
    ];

    [Fact]
    public void AtTheFirstInstructionOnlyTheReturnAddressIsOnTheStack()
    {
        CallFrameRules rules = RulesAt(0);
        Assert.Equal((Rsp, 8L), (rules.FrameRegister, rules.FrameOffsetBytes));
        Assert.Equal(1u << CallFrameRules.ReturnAddress, rules.SavedMask);
        Assert.Equal(-8, rules.OffsetBytes[CallFrameRules.ReturnAddress]);
    }

    [Theory]
    [InlineData(1ul, 16L)]
    [InlineData(2ul, 16L)]
    [InlineData(3ul, 24L)]
    [InlineData(4ul, 32L)]
    [InlineData(7ul, 32L)]
    [InlineData(8ul, 64L)]
    [InlineData(12ul, 64L)]
    public void WithinThePrologueTheFrameGrowsPushByPush(ulong offset, long frameOffset)
    {
        CallFrameRules rules = RulesAt(offset);
        Assert.Equal((Rsp, frameOffset), (rules.FrameRegister, rules.FrameOffsetBytes));
    }

    [Fact]
    public void InTheBodyEverySavedRegisterIsFoundFromTheFramePointer()
    {
        CallFrameRules rules = RulesAt(100);
        Assert.Equal((Rbp, 16L), (rules.FrameRegister, rules.FrameOffsetBytes));
        Assert.Equal((1u << (int)Rbp) | (1u << (int)Rbx) | (1u << (int)R15) | (1u << CallFrameRules.ReturnAddress), rules.SavedMask);
        Assert.Equal(-16, rules.OffsetBytes[Rbp]);
        Assert.Equal(-24, rules.OffsetBytes[R15]);
        Assert.Equal(-32, rules.OffsetBytes[Rbx]);
    }

    [Fact]
    public void RememberedStateComesBack()
    {
        // push rbx; jump over an epilogue that pops it
        byte[] method = [0x41, 0x0E, 16, 0x83, 2, 0x4A, 0x0A, 0x41, 0x0E, 8, 0xC3, 0x44, 0x0B];
        Assert.True(TryRun(method, 12, out CallFrameRules inEpilogue));
        Assert.Equal(8, inEpilogue.FrameOffsetBytes);
        Assert.Equal(0u, inEpilogue.SavedMask & (1u << (int)Rbx));
        Assert.True(TryRun(method, 30, out CallFrameRules afterwards));
        Assert.Equal(16, afterwards.FrameOffsetBytes);
        Assert.NotEqual(0u, afterwards.SavedMask & (1u << (int)Rbx));
    }

    [Theory]
    [InlineData(new byte[] { 0x02, 200, 0x0E, 16 }, 200ul)]
    [InlineData(new byte[] { 0x03, 0x34, 0x12, 0x0E, 16 }, 0x1234ul)]
    [InlineData(new byte[] { 0x04, 0x78, 0x56, 0x34, 0x12, 0x0E, 16 }, 0x12345678ul)]
    public void AdvancesOfEveryWidthEndExactlyWhereTheyPoint(byte[] method, ulong change)
    {
        Assert.True(TryRun(method, change - 1, out CallFrameRules before));
        Assert.Equal(8, before.FrameOffsetBytes);
        Assert.True(TryRun(method, change, out CallFrameRules after));
        Assert.Equal(16, after.FrameOffsetBytes);
    }

    [Fact]
    public void ExtendedFormsMeanTheSameAsShortOnes()
    {
        Assert.True(TryRun([0x05, (byte)R15, 3], 1, out CallFrameRules saved));
        Assert.Equal(-24, saved.OffsetBytes[R15]);
        Assert.True(TryRun([0x05, (byte)R15, 3, 0x06, (byte)R15], 1, out CallFrameRules restored));
        Assert.Equal(0u, restored.SavedMask & (1u << (int)R15));
        Assert.True(TryRun([0x05, (byte)R15, 3, 0x08, (byte)R15], 1, out CallFrameRules same));
        Assert.Equal(0u, same.SavedMask & (1u << (int)R15));
        Assert.True(TryRun([0x0D, (byte)Rbp, 0x2E, 0x90, 0x01, 0x0E, 24], 1, out CallFrameRules other));
        Assert.Equal((Rbp, 24L), (other.FrameRegister, other.FrameOffsetBytes));
    }

    [Fact]
    public void RegistersThatNoFrameOfOursSavesAreIgnored()
    {
        Assert.True(TryRun([0x05, 40, 3], 1, out CallFrameRules rules));
        Assert.Equal(1u << CallFrameRules.ReturnAddress, rules.SavedMask);
    }

    [Theory]
    [InlineData(new byte[] { 0x2F })]
    [InlineData(new byte[] { 0x10, 3, 0 })]
    [InlineData(new byte[] { 0x0E })]
    [InlineData(new byte[] { 0x0C, 7 })]
    [InlineData(new byte[] { 0x03, 1 })]
    [InlineData(new byte[] { 0x83 })]
    [InlineData(new byte[] { 0x0B })]
    [InlineData(new byte[] { 0x0A, 0x0A, 0x0A, 0x0A, 0x0A })]
    [InlineData(new byte[] { 0x0E, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 })]
    public void WhatIsUnknownOrCutShortIsRefused(byte[] method) => Assert.False(TryRun(method, 1000, out _));

    [Fact]
    public void RubbishNeverReadsBeyondItsEnd()
    {
        Random random = new(1);
        byte[] rubbish = new byte[64];
        for (int round = 0; round < 20_000; round++)
        {
            random.NextBytes(rubbish);
            TryRun(rubbish.AsSpan(0, random.Next(rubbish.Length)), (ulong)random.Next(), out _);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x02 }, 2)]
    [InlineData(new byte[] { 0x7E }, -2)]
    [InlineData(new byte[] { 0xFF, 0x00 }, 127)]
    [InlineData(new byte[] { 0x81, 0x7F }, -127)]
    [InlineData(new byte[] { 0x80, 0x7F }, -128)]
    public void SignedNumbersKeepTheirSign(byte[] bytes, long expected)
    {
        int position = 0;
        Assert.True(CallFrameInterpreter.TryReadSigned(bytes, ref position, out long value));
        Assert.Equal(expected, value);
        Assert.Equal(bytes.Length, position);
    }

    [Theory]
    [InlineData(new byte[] { 0x7F }, 127ul)]
    [InlineData(new byte[] { 0xE5, 0x8E, 0x26 }, 624485ul)]
    public void UnsignedNumbersAreReadByGroups(byte[] bytes, ulong expected)
    {
        int position = 0;
        Assert.True(CallFrameInterpreter.TryReadUnsigned(bytes, ref position, out ulong value));
        Assert.Equal(expected, value);
    }

    private static CallFrameRules RulesAt(ulong offset)
    {
        Assert.True(TryRun(s_method, offset, out CallFrameRules rules));
        return rules;
    }

    private static bool TryRun(ReadOnlySpan<byte> method, ulong offset, out CallFrameRules rules)
    {
        CallFrameRules none = default;
        rules = default;
        Assert.True(CallFrameInterpreter.TryRun(s_common, DataAlignment, ulong.MaxValue, in none, ref rules));
        CallFrameRules initial = rules;
        return CallFrameInterpreter.TryRun(method, DataAlignment, offset, in initial, ref rules);
    }
}
