using System;
using System.Globalization;
using System.Text;
using NooksOS.Extensions.KHttpd.Messages;
using Xunit;

namespace NooksOS.Tests.Units.KHttpd;

public sealed class Dates
{
    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", 784111777)]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", 784111777)]
    [InlineData("Sun Nov  6 08:49:37 1994", 784111777)]
    [InlineData("Sun Nov 16 08:49:37 1994", 784975777)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", 0)]
    [InlineData("Tue, 29 Feb 2000 23:59:60 GMT", 951868799)]
    [InlineData("Friday, 01-Jan-44 00:00:00 GMT", 2335219200)]
    [InlineData("Saturday, 01-Jan-45 00:00:00 GMT", -788918400)]
    public void AllThreeFormsAreRead(string text, long seconds)
    {
        Assert.True(HttpDate.TryParse(Encoding.ASCII.GetBytes(text), 784111777, out long read));
        Assert.Equal(seconds, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 UTC")]
    [InlineData("Sun, 06 Nov 1994 08:49:37")]
    [InlineData("Sun, 31 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 00 Nov 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Foo 1994 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 0000 08:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 24:49:37 GMT")]
    [InlineData("Sun, 06 Nov 1994 08:4x:37 GMT")]
    public void WhatIsNoDateIsNotRead(string text)
        => Assert.False(HttpDate.TryParse(Encoding.ASCII.GetBytes(text), 784111777, out _));

    [Fact]
    public void WhatIsWrittenIsTheStandardForm()
    {
        Span<byte> text = stackalloc byte[HttpDate.LengthBytes];
        for (long seconds = 0; seconds < 4_000_000_000; seconds += 12_345_678)
        {
            HttpDate.Format(seconds, text);
            Assert.Equal(
                DateTime.UnixEpoch.AddSeconds(seconds).ToString("r", CultureInfo.InvariantCulture), Encoding.ASCII.GetString(text));
            Assert.True(HttpDate.TryParse(text, 784111777, out long read));
            Assert.Equal(seconds, read);
        }
    }
}
