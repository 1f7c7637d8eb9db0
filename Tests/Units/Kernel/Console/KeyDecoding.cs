using System;
using System.Text;
using NooksOS.Kernel.Console;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Console;

public sealed class KeyDecoding
{
    private static string Decode(params byte[] scanCodes)
    {
        KeyDecoder decoder = default;
        Span<byte> bytes = stackalloc byte[KeyDecoder.MaximumBytes];
        StringBuilder text = new();
        foreach (byte scanCode in scanCodes)
        {
            text.Append(Encoding.Latin1.GetString(bytes[..decoder.Feed(scanCode, bytes)]));
        }

        return text.ToString();
    }

    [Fact]
    public void KeysGiveTheirCharactersOnceWhenPressed() => Assert.Equal("a1 \r\u007f", Decode(0x1E, 0x9E, 0x02, 0x82, 0x39, 0xB9, 0x1C, 0x0E));

    [Theory]
    [InlineData(0x2A, 0xAA)]
    [InlineData(0x36, 0xB6)]
    public void ShiftHoldsUntilItIsReleased(byte press, byte release) => Assert.Equal("aA!\"~|a", Decode(0x1E, press, 0x1E, 0x02, 0x28, 0x29, 0x2B, release, 0x1E));

    [Fact]
    public void CapsLockChangesLettersOnlyAndShiftUndoesIt() => Assert.Equal("A1a!a", Decode(0x3A, 0xBA, 0x1E, 0x02, 0x2A, 0x1E, 0x02, 0xAA, 0x3A, 0x1E));

    [Fact]
    public void ControlGivesControlCharacters() => Assert.Equal("\u0003\u0015\u001bc", Decode(0x1D, 0x2E, 0x16, 0x1A, 0x9D, 0x2E));

    [Fact]
    public void ControlDoesNotChangeDigits() => Assert.Equal("1", Decode(0x1D, 0x02));

    [Fact]
    public void ArrowsAndTheirNeighboursAreTerminalSequences()
        => Assert.Equal("\u001b[A\u001b[B\u001b[C\u001b[D\u001b[H\u001b[F\u001b[3~", Decode(0xE0, 0x48, 0xE0, 0x50, 0xE0, 0x4D, 0xE0, 0x4B, 0xE0, 0x47, 0xE0, 0x4F, 0xE0, 0x53));

    [Fact]
    public void TheShiftsThatTheKeyboardMakesUpAreIgnored() => Assert.Equal("\u001b[Aa", Decode(0xE0, 0x2A, 0xE0, 0x48, 0xE0, 0xC8, 0xE0, 0xAA, 0x1E));

    [Fact]
    public void PauseIsSwallowedWhole() => Assert.Equal("a", Decode(0xE1, 0x1D, 0x45, 0xE1, 0x9D, 0xC5, 0x1E));

    [Fact]
    public void EveryCodeIsHarmless()
    {
        for (int code = 0; code <= byte.MaxValue; code++)
        {
            Assert.True(Decode((byte)code).Length <= 1);
            Assert.True(Decode(0xE0, (byte)code).Length <= KeyDecoder.MaximumBytes);
        }
    }
}
