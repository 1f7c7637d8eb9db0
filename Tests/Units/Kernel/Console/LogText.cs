using System;
using System.Text;
using NooksOS.Kernel.Console;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Console;

public sealed class LogText
{
    [Fact]
    public void NumbersAreWrittenWithoutAllocating()
    {
        Utf8Text text = new(new byte[200]);
        text.AppendDecimal(0);
        text.Append((byte)' ');
        text.AppendDecimal(ulong.MaxValue);
        text.Append((byte)' ');
        text.AppendDecimal(42, 5, (byte)' ');
        text.Append((byte)' ');
        text.AppendHex(0xBEEF, 8);
        text.Append((byte)' ');
        text.AppendAscii("aé");
        Assert.Equal("0 18446744073709551615    42 0x0000beef a?", Encoding.ASCII.GetString(text.Written));
    }

    [Fact]
    public void WhatDoesNotFitIsDropped()
    {
        Utf8Text text = new(new byte[4]);
        text.Append("abc"u8);
        text.AppendDecimal(12345);
        Assert.Equal("abc1", Encoding.ASCII.GetString(text.Written));
    }

    [Fact]
    public void TheRingKeepsTheNewest()
    {
        LogRing ring = default;
        byte[] buffer = new byte[100];
        ulong position = 0;
        ring.Append("hello"u8);
        Assert.Equal(5, ring.CopyFrom(ref position, buffer));
        Assert.Equal(0, ring.CopyFrom(ref position, buffer));
        for (int index = 0; index < LogRing.Capacity; index++)
        {
            ring.Append([(byte)index]);
        }

        Assert.Equal(100, ring.CopyFrom(ref position, buffer));
        Assert.Equal(0, buffer[0]);
        position = 0;
        ring.CopyFrom(ref position, buffer);
        Assert.Equal(0, buffer[0]);
        Assert.Equal(105u, position);
    }
}
