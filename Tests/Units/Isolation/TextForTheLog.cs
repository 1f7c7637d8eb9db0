using System.Text;
using NooksOS.Isolation;
using Xunit;

namespace NooksOS.Tests.Units.Isolation;

public sealed class TextForTheLog
{
    [Theory]
    [InlineData("", "")]
    [InlineData("link is up, 1000 Mb/s \u2013 ok", "link is up, 1000 Mb/s \u2013 ok")]
    [InlineData("first\r\n[    1.000000] PANIC", "first  [    1.000000] PANIC")]
    [InlineData("\u001B[2Jgone\a\u009B1A\u007F", " [2Jgone  1A ")]
    public void AnExtensionBeginsNoLineAndCommandsNoTerminal(string said, string logged)
        => Assert.Equal(logged, LogText.Clean(Encoding.UTF8.GetBytes(said)));

    // What a domain said last was shown as it was, though what it had logged before was not.
    [Fact]
    public void NorDoesItWithItsLastWords()
    {
        const uint DomainId = 0xF001;
        FaultTexts.Set(DomainId, "Type\n[    1.000000] PANIC", "gone\u001B[2J\r\n", [1]);
        FaultText? text = FaultTexts.Take(DomainId);
        Assert.Equal(("Type [    1.000000] PANIC", "gone [2J  "), (text?.Type, text?.Message));
    }

    [Fact]
    public void BytesThatAreNoTextBecomeCharacters()
        => Assert.Equal("a\uFFFDb", LogText.Clean([(byte)'a', 0xFF, (byte)'b']));
}
