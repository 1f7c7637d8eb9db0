using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;

namespace NooksOS.Tool.Options;

/// <summary>Turns what is wrong with a command line into one line that says what is right.</summary>
public static class CommandLineErrors
{
    private const int FarthestSuggestion = 3;

    /// <summary>The line for a command line with errors.</summary>
    public static string Describe(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        string help = $"'{PathOf(result.CommandResult)} --help' shows the usage";
        if (FirstUnknown(result) is { } unknown)
        {
            bool isOption = unknown.StartsWith('-');
            IReadOnlyList<string> known = isOption ? OptionNames(result.CommandResult) : [.. command.Subcommands.Select(sub => sub.Name)];
            string kind = isOption ? "option" : known.Count > 0 ? "command" : "argument";
            string? nearest = known.Where(name => Distance(unknown, name) <= FarthestSuggestion).MinBy(name => Distance(unknown, name));
            string right = nearest is not null ? $"did you mean '{nearest}'?"
                : kind == "command" ? $"there is {string.Join(", ", known)};"
                : string.Empty;
            return string.Join(' ', new[] { $"unknown {kind} '{unknown}':", right, help }.Where(part => part.Length > 0));
        }

        string message = result.Errors[0].Message.TrimEnd('.').ReplaceLineEndings(" ");
        // A sentence of the library's; ours begin with the names of options and arguments.
        string begin = message.Length > 1 && char.IsLower(message[1]) ? $"{char.ToLowerInvariant(message[0])}{message[1..]}" : message;
        return $"{begin}; {help}";
    }

    /// <summary>How many characters must change to make one word the other (Levenshtein).</summary>
    public static int Distance(string first, string second)
    {
        int[] row = [.. Enumerable.Range(0, second.Length + 1)];
        for (int i = 1; i <= first.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= second.Length; j++)
            {
                int replaced = diagonal + (first[i - 1] == second[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[second.Length];
    }

    /// <summary>Makes an argument that takes any number of words refuse words that look like options: the parser itself would swallow a mistyped option.</summary>
    public static void RefuseOptions(ArgumentResult argument)
    {
        if (argument.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } option)
        {
            argument.AddError($"unknown option '{option.Value}'");
        }
    }

    private static string? FirstUnknown(ParseResult result) =>
        result.UnmatchedTokens.Concat(result.CommandResult.Tokens.Select(token => token.Value).Where(value => value.StartsWith('-'))).FirstOrDefault();

    private static string PathOf(CommandResult? command)
    {
        Stack<string> names = new();
        for (; command is not null; command = command.Parent as CommandResult)
        {
            names.Push(command.Parent is null ? "./nooks" : command.Command.Name);
        }

        return string.Join(' ', names);
    }

    private static List<string> OptionNames(CommandResult? command)
    {
        List<string> names = [];
        for (CommandResult? level = command; level is not null; level = level.Parent as CommandResult)
        {
            names.AddRange(level.Command.Options.Where(option => level == command || option.Recursive).Select(option => option.Name));
        }

        return names;
    }
}
