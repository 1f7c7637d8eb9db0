using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Commands;

/// <summary>The options of demonstrations that crash several extensions in turn.</summary>
internal sealed class CrashOptions
{
    private const string Stack = "tcpip";

    private readonly Option<TimeSpan?> _interval = Numbers.DurationOption(
        "--crash-every", "crash an extension each T (such as 1s or 500ms), with rotating kinds; never without this option");

    private readonly Option<string[]> _extensions = new("--extension")
    {
        Description = $"which extension is crashed (may be repeated: they take turns) [default: the network card's driver, and {Stack}]",
        HelpName = "NAME",
    };

    /// <summary>Gives the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_interval);
        command.Options.Add(_extensions);
    }

    /// <summary>How often one is crashed; null for never.</summary>
    public TimeSpan? ReadInterval(ParseResult result) => result.GetValue(_interval);

    /// <summary>Which ones are.</summary>
    public IReadOnlyList<string> ReadExtensions(ParseResult result, BootOptions options)
    {
        string[] names = result.GetValue(_extensions) is { Length: > 0 } given ? given : [options.NetworkDriver!, Stack];
        MachineExtensions.Require(options, hasDisk: false, names);
        return names;
    }
}
