using NooksOS.Kernel.Shell;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Shell;

public sealed class CommandLineSplitting
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("  \t ", new string[0])]
    [InlineData("crash e1000  wild-write", new[] { "crash", "e1000", "wild-write" })]
    [InlineData("echo 'a b'\"c d\"e", new[] { "echo", "a bc de" })]
    [InlineData("echo '' \"\"", new[] { "echo", "", "" })]
    [InlineData(@"echo ""a\""b\\c\n""", new[] { "echo", @"a""b\c\n" })]
    [InlineData(@"echo 'a\b' a\ b \", new[] { "echo", @"a\b", "a b", @"\" })]
    [InlineData("echo a#b # rest", new[] { "echo", "a#b" })]
    public void WordsAreSplit(string line, string[] words) => Assert.Equal(words, CommandLine.Split(line));

    [Theory]
    [InlineData("echo 'a")]
    [InlineData("echo \"a\\\"")]
    public void AnOpenQuoteIsAnError(string line) => Assert.Throws<UsageException>(() => CommandLine.Split(line));
}
