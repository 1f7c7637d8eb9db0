using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NooksOS.Kernel.Shell;

/// <summary>The words after a command's name, sorted into arguments and options by its syntax.</summary>
public sealed class CommandArguments
{
    private readonly List<string> _positional = [];
    private readonly Dictionary<string, string> _options = [];

    private CommandArguments()
    {
    }

    /// <summary>The arguments that are not options.</summary>
    public IReadOnlyList<string> Positional => _positional;

    /// <summary>Sorts and checks the words.</summary>
    /// <exception cref="UsageException">An option is unknown, a value is missing, or there are too few or too many arguments.</exception>
    public static CommandArguments Parse(CommandSyntax syntax, IReadOnlyList<string> words)
    {
        CommandArguments arguments = new();
        bool onlyPositional = syntax.PassesOptions;
        for (int index = 0; index < words.Count; index++)
        {
            string word = words[index];
            if (onlyPositional || !word.StartsWith("--", System.StringComparison.Ordinal))
            {
                arguments._positional.Add(word);
            }
            else if (word == "--")
            {
                onlyPositional = true;
            }
            else
            {
                index = arguments.AddOption(syntax, words, index);
            }
        }

        if (arguments._positional.Count < syntax.MinimumArguments)
        {
            throw new UsageException($"{syntax.Name} needs {Expected(syntax)}");
        }

        if (arguments._positional.Count > syntax.MaximumArguments)
        {
            string extra = arguments._positional[syntax.MaximumArguments];
            throw new UsageException($"'{extra}' is too much: {syntax.Name} takes {Expected(syntax)}");
        }

        return arguments;
    }

    /// <summary>Whether an option was given.</summary>
    public bool Has(string option) => _options.ContainsKey(option);

    /// <summary>The value of an option, or null.</summary>
    public string? GetOption(string option) => _options.GetValueOrDefault(option);

    /// <summary>An argument, or null if there are fewer.</summary>
    public string? Get(int index) => index < _positional.Count ? _positional[index] : null;

    /// <summary>An option as a whole number, or the default if it was not given.</summary>
    /// <exception cref="UsageException">It is not a number in the range.</exception>
    public long GetNumber(string option, long defaultValue, long minimum, long maximum)
        => _options.TryGetValue(option, out string? text) ? ParseNumber($"--{option}", text, minimum, maximum) : defaultValue;

    /// <summary>An argument as a whole number, or the default if there are fewer.</summary>
    /// <exception cref="UsageException">It is not a number in the range.</exception>
    public long GetNumber(int index, string name, long defaultValue, long minimum, long maximum)
        => Get(index) is string text ? ParseNumber(name, text, minimum, maximum) : defaultValue;

    private static long ParseNumber(string name, string text, long minimum, long maximum)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= minimum && value <= maximum
            ? value
            : throw new UsageException($"{name} must be a whole number from {minimum} to {maximum}, not '{text}'");

    private static string Expected(CommandSyntax syntax)
        => syntax.MaximumArguments == 0 ? "no arguments" : syntax.Arguments;

    // Returns the index of the last word that belongs to the option.
    private int AddOption(CommandSyntax syntax, IReadOnlyList<string> words, int index)
    {
        string text = words[index][2..];
        int equals = text.IndexOf('=', System.StringComparison.Ordinal);
        string name = equals < 0 ? text : text[..equals];
        CommandOption? option = syntax.Options.FirstOrDefault(candidate => candidate.Name == name);
        if (option == null)
        {
            string? nearest = Suggestion.FindNearest(name, syntax.Options.Select(candidate => candidate.Name));
            throw new UsageException(nearest == null
                ? $"{syntax.Name} has no option --{name}"
                : $"{syntax.Name} has no option --{name}; did you mean --{nearest}?");
        }

        if (option.ValueName == null)
        {
            _options[name] = equals < 0 ? "" : throw new UsageException($"--{name} takes no value");
            return index;
        }

        if (equals >= 0)
        {
            _options[name] = text[(equals + 1)..];
            return index;
        }

        if (index + 1 == words.Count)
        {
            throw new UsageException($"--{name} needs a value: --{name} {option.ValueName}");
        }

        _options[name] = words[index + 1];
        return index + 1;
    }
}
