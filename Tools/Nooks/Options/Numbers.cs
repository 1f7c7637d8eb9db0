using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NooksOS.Tool.Options;

/// <summary>Reads the numbers on the command line, and says what is right where one is wrong.</summary>
public static class Numbers
{
    /// <summary>An option that takes a whole number within bounds.</summary>
    public static Option<int> Option(string name, string unit, string description, int byDefault, int least, int most) => new(name)
    {
        Description = description,
        HelpName = unit,
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => Parse(result, name, least, most),
    };

    /// <summary>An option that takes a part of a hundred; none of it without the option.</summary>
    public static Option<double> Percentage(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "PERCENT",
        DefaultValueFactory = _ => 0,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value <= 100)
            {
                return value;
            }

            result.AddError($"{name} takes a percentage from 0 to 100, not '{text}'");
            return 0;
        },
    };

    /// <summary>An option that takes a duration; null where it is not given.</summary>
    public static Option<TimeSpan?> DurationOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "T",
        CustomParser = result =>
        {
            if (TryParseDuration(result.Tokens[0].Value, out TimeSpan duration))
            {
                return duration;
            }

            result.AddError($"{name} takes a time such as 1s or 500ms, not '{result.Tokens[0].Value}'");
            return null;
        },
    };

    /// <summary>A whole number within bounds.</summary>
    public static int Parse(ArgumentResult result, string name, int least, int most)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
        {
            return value;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a number from {least} to {most}, not '{text}'"));
        return 0;
    }

    /// <summary>A duration such as <c>1s</c>, <c>500ms</c> or <c>2</c> (seconds).</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        (string number, double unitSeconds) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 0.001),
            _ when text.EndsWith('s') => (text[..^1], 1),
            _ => (text, 1),
        };
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) || value > 86400)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(value * unitSeconds);
        return duration > TimeSpan.Zero;
    }
}
