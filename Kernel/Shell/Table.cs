using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NooksOS.Kernel.Shell;

/// <summary>
/// Rows of data, printed as aligned text or as a JSON array of objects. A cell is a string, a whole number, a floating-point number, a
/// boolean or null. Numbers are aligned to the right.
/// </summary>
public sealed class Table
{
    private const string ColumnGap = "  ";

    private readonly TableColumn[] _columns;
    private readonly List<object?[]> _rows = [];

    /// <summary>An empty table.</summary>
    public Table(params TableColumn[] columns) => _columns = columns;

    /// <summary>How many rows there are.</summary>
    public int RowCount => _rows.Count;

    /// <summary>Adds a row with one value for each column.</summary>
    public void Add(params object?[] cells)
    {
        if (cells.Length != _columns.Length)
        {
            throw new ArgumentException($"a row of this table has {_columns.Length} cells", nameof(cells));
        }

        _rows.Add(cells);
    }

    /// <summary>The table as aligned text, one line for each row.</summary>
    public string ToText()
    {
        string[][] lines = [[.. _columns.Select(column => column.Title)], .. _rows.Select(row => row.Select(FormatCell).ToArray())];
        int[] widths = [.. _columns.Select((_, index) => lines.Max(line => line[index].Length))];
        bool[] isNumber = [.. _columns.Select((_, index) => _rows.Count > 0 && _rows.TrueForAll(row => IsNumber(row[index])))];
        StringBuilder text = new();
        foreach (string[] line in lines)
        {
            for (int column = 0; column < line.Length; column++)
            {
                bool isLast = column == line.Length - 1;
                string cell = isNumber[column] ? line[column].PadLeft(widths[column])
                    : isLast ? line[column]
                    : line[column].PadRight(widths[column]);
                text.Append(cell).Append(isLast ? "\n" : ColumnGap);
            }
        }

        return text.ToString();
    }

    /// <summary>The rows as a JSON array of objects, on one line.</summary>
    public string ToJson()
    {
        JsonWriter json = new();
        WriteTo(json);
        return json.ToString() + "\n";
    }

    /// <summary>Writes the rows as an array, as part of a larger document.</summary>
    public void WriteTo(JsonWriter json)
    {
        json.BeginArray();
        foreach (object?[] row in _rows)
        {
            json.BeginObject();
            for (int column = 0; column < row.Length; column++)
            {
                json.Name(_columns[column].Name).Value(row[column]);
            }

            json.EndObject();
        }

        json.EndArray();
    }

    private static bool IsNumber(object? cell)
        => cell is null or byte or short or ushort or int or uint or long or ulong or nint or nuint or double or float;

    private static string FormatCell(object? cell) => cell switch
    {
        null => "-",
        bool value => value ? "yes" : "no",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };
}
