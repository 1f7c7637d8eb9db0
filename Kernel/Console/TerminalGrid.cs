using System;

namespace NooksOS.Kernel.Console;

/// <summary>
/// The characters on a screen and the few VT100 sequences that the shell uses. Pure: whoever paints asks which rows have changed.
/// Plain memory, because it is written from interrupt handlers and before the base library is there.
/// </summary>
internal unsafe struct TerminalGrid
{
    private const byte Escape = 0x1B;
    private const int TabColumns = 8;
    private const int HighestParameter = 999;

    private byte* _cells;
    private SequenceState _sequence;
    private int _parameter;
    private int _earlierParameter;

    private enum SequenceState : byte
    {
        None,
        AfterEscape,
        InParameters,
    }

    /// <summary>Characters in a row.</summary>
    public int Columns { get; private set; }

    /// <summary>Rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Column of the next character; equal to <see cref="Columns"/> after the last one.</summary>
    public int CursorColumn { get; private set; }

    /// <summary>Row of the next character.</summary>
    public int CursorRow { get; private set; }

    /// <summary>First row that has changed since <see cref="TakeChanges"/>.</summary>
    public int FirstChangedRow { get; private set; }

    /// <summary>One more than the last row that has changed.</summary>
    public int ChangedRowLimit { get; private set; }

    /// <summary>Begins with an empty screen.</summary>
    /// <param name="cells">Memory for one byte for each character.</param>
    /// <param name="columns">Characters in a row.</param>
    /// <param name="rows">Rows.</param>
    public void Initialize(byte* cells, int columns, int rows)
    {
        _cells = cells;
        Columns = columns;
        Rows = rows;
        Clear(0, columns * rows);
    }

    /// <summary>The character at a place.</summary>
    public readonly byte Get(int column, int row) => _cells[(row * Columns) + column];

    /// <summary>Forgets the changes, after they were painted.</summary>
    public void TakeChanges()
    {
        FirstChangedRow = Rows;
        ChangedRowLimit = 0;
    }

    /// <summary>Takes every row as changed, in case that somebody took changes and did not paint them.</summary>
    public void TouchAll()
    {
        FirstChangedRow = 0;
        ChangedRowLimit = Rows;
    }

    /// <summary>Shows text.</summary>
    public void Write(ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
        {
            Put(value);
        }
    }

    private void Put(byte value)
    {
        if (_sequence != SequenceState.None)
        {
            PutInSequence(value);
            return;
        }

        Touch(CursorRow);
        switch (value)
        {
            case Escape:
                _sequence = SequenceState.AfterEscape;
                break;
            case (byte)'\n':
                CursorColumn = 0;
                NextRow();
                break;
            case (byte)'\r':
                CursorColumn = 0;
                break;
            case (byte)'\b':
                CursorColumn = Math.Max(0, Math.Min(CursorColumn, Columns - 1) - 1);
                break;
            case (byte)'\t':
                CursorColumn = Math.Min(Columns - 1, (CursorColumn / TabColumns * TabColumns) + TabColumns);
                break;
            case < (byte)' ':
            case >= 0x80 and < 0xC0:
                // Other control characters, and what follows the first byte of a character that the font does not have.
                break;
            default:
                PutCharacter(value < 0x7F ? value : (byte)'?');
                break;
        }

        Touch(CursorRow);
    }

    private void PutCharacter(byte character)
    {
        if (CursorColumn == Columns)
        {
            CursorColumn = 0;
            NextRow();
        }

        _cells[(CursorRow * Columns) + CursorColumn] = character;
        CursorColumn++;
    }

    private void NextRow()
    {
        if (CursorRow < Rows - 1)
        {
            CursorRow++;
            return;
        }

        // SAFETY: the grid has this many cells.
        Span<byte> all = new(_cells, Columns * Rows);
        all[Columns..].CopyTo(all);
        Clear(Columns * (Rows - 1), Columns);
        Touch(0);
    }

    private void PutInSequence(byte value)
    {
        if (_sequence == SequenceState.AfterEscape)
        {
            _sequence = value == (byte)'[' ? SequenceState.InParameters : SequenceState.None;
            _parameter = 0;
            _earlierParameter = 0;
        }
        else if (value is >= (byte)'0' and <= (byte)'9')
        {
            _parameter = Math.Min(HighestParameter, (_parameter * 10) + value - '0');
        }
        else if (value == (byte)';')
        {
            _earlierParameter = _parameter;
            _parameter = 0;
        }
        else
        {
            _sequence = SequenceState.None;
            Touch(CursorRow);
            Obey(value);
            Touch(CursorRow);
        }
    }

    private void Obey(byte function)
    {
        int column = Math.Min(CursorColumn, Columns - 1);
        int position = (CursorRow * Columns) + column;
        int count = Math.Max(1, _parameter);
        switch (function)
        {
            case (byte)'A':
                CursorRow = Math.Max(0, CursorRow - count);
                break;
            case (byte)'B':
                CursorRow = Math.Min(Rows - 1, CursorRow + count);
                break;
            case (byte)'C':
                CursorColumn = Math.Min(Columns - 1, column + count);
                break;
            case (byte)'D':
                CursorColumn = Math.Max(0, column - count);
                break;
            case (byte)'H':
                CursorRow = Math.Clamp(_earlierParameter - 1, 0, Rows - 1);
                CursorColumn = Math.Clamp(_parameter - 1, 0, Columns - 1);
                break;
            case (byte)'J' when _parameter == 2:
                Clear(0, Columns * Rows);
                break;
            case (byte)'J' when _parameter == 0:
                Clear(position, (Columns * Rows) - position);
                break;
            case (byte)'K' when _parameter == 0:
                Clear(position, Columns - column);
                break;
            default:
                break;
        }
    }

    private void Clear(int start, int count)
    {
        // SAFETY: the callers stay inside the grid.
        new Span<byte>(_cells + start, count).Fill((byte)' ');
        Touch(start / Columns);
        Touch((start + count - 1) / Columns);
    }

    private void Touch(int row)
    {
        FirstChangedRow = Math.Min(FirstChangedRow, row);
        ChangedRowLimit = Math.Max(ChangedRowLimit, row + 1);
    }
}
