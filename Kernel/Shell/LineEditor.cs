using System;
using System.Collections.Generic;
using System.Text;

namespace NooksOS.Kernel.Shell;

/// <summary>
/// One line of input on a terminal that understands the VT100's basic sequences. Pure: bytes go in, what the terminal shall show
/// comes out of <see cref="TakeEcho"/>.
/// </summary>
public sealed class LineEditor
{
    private const int MaximumLength = 1000;
    private const int MaximumHistory = 100;

    private readonly string _prompt;
    private readonly StringBuilder _line = new();
    private readonly StringBuilder _echo = new();
    private readonly StringBuilder _sequence = new();
    private readonly List<string> _history = [];
    private int _cursor;
    private int _historyPosition;
    private string _unfinished = "";
    private bool _lastWasReturn;

    /// <summary>An editor that shows a prompt before each line.</summary>
    public LineEditor(string prompt) => _prompt = prompt;

    /// <summary>The line, after <see cref="LineEditorResult.Complete"/>.</summary>
    public string Line { get; private set; } = "";

    /// <summary>Begins a line.</summary>
    public void Begin()
    {
        _line.Clear();
        _cursor = 0;
        _historyPosition = _history.Count;
        _unfinished = "";
        _echo.Append(_prompt);
    }

    /// <summary>What the terminal shall show since the last call.</summary>
    public string TakeEcho()
    {
        string echo = _echo.ToString();
        _echo.Clear();
        return echo;
    }

    /// <summary>Takes one byte from the terminal.</summary>
    public LineEditorResult Feed(byte input)
    {
        bool followsReturn = _lastWasReturn;
        _lastWasReturn = input == '\r';
        if (_sequence.Length > 0)
        {
            FeedSequence((char)input);
            return LineEditorResult.Editing;
        }

        switch (input)
        {
            case (byte)'\n' when followsReturn:
                break;
            case (byte)'\r' or (byte)'\n':
                return Complete();
            case ControlKey.Interrupt:
                _echo.Append("^C\n");
                return LineEditorResult.Interrupted;
            case ControlKey.Escape:
                _sequence.Append((char)input);
                break;
            case ControlKey.Backspace or ControlKey.Delete:
                Erase(_cursor - 1, 1);
                break;
            case ControlKey.KillLine:
                Erase(0, _cursor);
                break;
            case ControlKey.KillToEnd:
                Erase(_cursor, _line.Length - _cursor);
                break;
            case ControlKey.KillWord:
                EraseWord();
                break;
            case ControlKey.ToStart:
                MoveTo(0);
                break;
            case ControlKey.ToEnd:
                MoveTo(_line.Length);
                break;
            case ControlKey.ClearScreen:
                _echo.Append("\x1b[2J\x1b[H").Append(_prompt).Append(_line);
                MoveBack(_line.Length - _cursor);
                break;
            case >= (byte)' ' and < ControlKey.Delete when _line.Length < MaximumLength:
                Insert((char)input);
                break;
            default:
                break;
        }

        return LineEditorResult.Editing;
    }

    private LineEditorResult Complete()
    {
        Line = _line.ToString();
        _echo.Append('\n');
        bool isNew = !string.IsNullOrWhiteSpace(Line) && (_history.Count == 0 || _history[^1] != Line);
        if (isNew)
        {
            if (_history.Count == MaximumHistory)
            {
                _history.RemoveAt(0);
            }

            _history.Add(Line);
        }

        return LineEditorResult.Complete;
    }

    // ESC [ or ESC O, digits, and a final character.
    private void FeedSequence(char input)
    {
        _sequence.Append(input);
        bool isIntroducer = _sequence.Length == 2 && input is '[' or 'O';
        bool isParameter = _sequence.Length > 2 && input is (>= '0' and <= '9') or ';';
        if ((isIntroducer || isParameter) && _sequence.Length < 8)
        {
            return;
        }

        string sequence = _sequence.ToString(1, _sequence.Length - 1);
        _sequence.Clear();
        switch (sequence)
        {
            case "[A" or "OA":
                Recall(_historyPosition - 1);
                break;
            case "[B" or "OB":
                Recall(_historyPosition + 1);
                break;
            case "[C" or "OC":
                MoveTo(_cursor + 1);
                break;
            case "[D" or "OD":
                MoveTo(_cursor - 1);
                break;
            case "[H" or "OH" or "[1~":
                MoveTo(0);
                break;
            case "[F" or "OF" or "[4~":
                MoveTo(_line.Length);
                break;
            case "[3~":
                Erase(_cursor, 1);
                break;
            default:
                break;
        }
    }

    private void Recall(int position)
    {
        if (position < 0 || position > _history.Count || position == _historyPosition)
        {
            return;
        }

        if (_historyPosition == _history.Count)
        {
            _unfinished = _line.ToString();
        }

        _historyPosition = position;
        string text = position == _history.Count ? _unfinished : _history[position];
        MoveTo(0);
        _line.Clear().Append(text);
        _cursor = text.Length;
        _echo.Append(text).Append("\x1b[K");
    }

    private void Insert(char character)
    {
        _line.Insert(_cursor, character);
        _echo.Append(_line.ToString(_cursor, _line.Length - _cursor));
        _cursor++;
        MoveBack(_line.Length - _cursor);
    }

    private void Erase(int start, int count)
    {
        if (start < 0 || count <= 0 || start + count > _line.Length)
        {
            return;
        }

        MoveTo(start);
        _line.Remove(start, count);
        _echo.Append(_line.ToString(start, _line.Length - start)).Append("\x1b[K");
        MoveBack(_line.Length - start);
    }

    private void EraseWord()
    {
        int start = _cursor;
        while (start > 0 && _line[start - 1] == ' ')
        {
            start--;
        }

        while (start > 0 && _line[start - 1] != ' ')
        {
            start--;
        }

        Erase(start, _cursor - start);
    }

    private void MoveTo(int position)
    {
        position = Math.Clamp(position, 0, _line.Length);
        if (position > _cursor)
        {
            _echo.Append(_line.ToString(_cursor, position - _cursor));
        }
        else
        {
            MoveBack(_cursor - position);
        }

        _cursor = position;
    }

    private void MoveBack(int count) => _echo.Append('\b', count);
}
