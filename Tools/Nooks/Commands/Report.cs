using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace NooksOS.Tool.Commands;

/// <summary>How a command shows what it has found out: as text for people, or as one JSON document for programs.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly Option<bool> _json = new("--json") { Description = "print one JSON document" };

    /// <summary>Gives the option that chooses to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_json);

    /// <summary>Whether a program will read it.</summary>
    public bool IsForPrograms(ParseResult result) => result.GetValue(_json);

    /// <summary>Prints what was found out; <paramref name="showText"/> writes it for people.</summary>
    public void Print<T>(ParseResult result, T found, Action<T> showText)
    {
        if (IsForPrograms(result))
        {
            Console.WriteLine(JsonSerializer.Serialize(found, s_json));
        }
        else
        {
            showText(found);
        }
    }

    /// <summary>Writes names and their values, one pair in a line; a value that there is none of is a dash.</summary>
    public static void WriteList(params ReadOnlySpan<(string Name, object? Value)> rows)
    {
        Grid grid = new Grid().AddColumn().AddColumn(new GridColumn().RightAligned());
        foreach ((string name, object? value) in rows)
        {
            string format = value is double ? "{0:F1}" : "{0}";
            grid.AddRow(name, value is null ? "-" : string.Format(CultureInfo.InvariantCulture, format, value));
        }

        AnsiConsole.Write(grid);
    }
}
