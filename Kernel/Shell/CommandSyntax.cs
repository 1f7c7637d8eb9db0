using System.Collections.Generic;
using System.Linq;

namespace NooksOS.Kernel.Shell;

/// <summary>Name, arguments and options of a command: the shell checks them before the command runs.</summary>
public sealed record CommandSyntax
{
    /// <summary>The word it is called by.</summary>
    public required string Name { get; init; }

    /// <summary>One line for the list of commands.</summary>
    public required string Summary { get; init; }

    /// <summary>The arguments as the usage line shows them, such as <c>NAME [MILLISECONDS]</c>.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>How few arguments it takes.</summary>
    public int MinimumArguments { get; init; }

    /// <summary>How many arguments it takes.</summary>
    public int MaximumArguments { get; init; }

    /// <summary>Its options.</summary>
    public IReadOnlyList<CommandOption> Options { get; init; } = [];

    /// <summary>Whether words that look like options are arguments: a program takes its own.</summary>
    public bool PassesOptions { get; init; }

    /// <summary>More lines for <c>help NAME</c>.</summary>
    public string Details { get; init; } = "";

    /// <summary>The usage line.</summary>
    public string Usage
    {
        get
        {
            IEnumerable<string> options = Options.Select(option => option.ValueName == null
                ? $"[--{option.Name}]"
                : $"[--{option.Name} {option.ValueName}]");
            string[] parts = [Name, .. Arguments.Length > 0 ? [Arguments] : System.Array.Empty<string>(), .. options];
            return string.Join(' ', parts);
        }
    }
}
