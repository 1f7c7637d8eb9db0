using NooksOS.Kernel.Shell;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Shell;

public sealed class ArgumentChecks
{
    private static readonly CommandSyntax s_syntax = new()
    {
        Name = "inject",
        Summary = "",
        Arguments = "NAME [COUNT]",
        MinimumArguments = 1,
        MaximumArguments = 2,
        Options = [new("seed", "S", ""), CommandOption.Json],
    };

    private static CommandArguments Parse(params string[] words) => CommandArguments.Parse(s_syntax, words);

    private static string ErrorOf(params string[] words) => Assert.Throws<UsageException>(() => Parse(words)).Message;

    [Fact]
    public void OptionsMayStandAnywhere()
    {
        CommandArguments arguments = Parse("--seed", "7", "e1000", "--json", "3");
        Assert.Equal(["e1000", "3"], arguments.Positional);
        Assert.Equal(7, arguments.GetNumber("seed", 0, 0, 10));
        Assert.Equal(3, arguments.GetNumber(1, "COUNT", 1, 0, 10));
        Assert.True(arguments.Has("json"));
        Assert.Equal("9", Parse("x", "--seed=9").GetOption("seed"));
        Assert.Equal(5, Parse("x").GetNumber("seed", 5, 0, 10));
        Assert.Null(Parse("x").Get(1));
    }

    [Fact]
    public void AfterTwoDashesEverythingIsAnArgument() => Assert.Equal(["a", "--json"], Parse("a", "--", "--json").Positional);

    [Fact]
    public void MistakesSayWhatIsRight()
    {
        Assert.Equal("inject needs NAME [COUNT]", ErrorOf());
        Assert.Equal("'c' is too much: inject takes NAME [COUNT]", ErrorOf("a", "b", "c"));
        Assert.Equal("inject has no option --sed; did you mean --seed?", ErrorOf("a", "--sed", "1"));
        Assert.Equal("inject has no option --frobnicate", ErrorOf("a", "--frobnicate"));
        Assert.Equal("--seed needs a value: --seed S", ErrorOf("a", "--seed"));
        Assert.Equal("--json takes no value", ErrorOf("a", "--json=1"));
        UsageException exception = Assert.Throws<UsageException>(() => Parse("a", "--seed", "1x").GetNumber("seed", 0, 0, 10));
        Assert.Equal("--seed must be a whole number from 0 to 10, not '1x'", exception.Message);
        Assert.Throws<UsageException>(() => Parse("a", "11").GetNumber(1, "COUNT", 0, 0, 10));
    }

    [Fact]
    public void TheUsageLineNamesEverything() => Assert.Equal("inject NAME [COUNT] [--seed S] [--json]", s_syntax.Usage);
}
