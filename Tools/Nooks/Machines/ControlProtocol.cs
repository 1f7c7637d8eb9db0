using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace NooksOS.Tool.Machines;

/// <summary>
/// Takes the bytes of the control port apart. A byte 1 starts a mark that ends with a line feed: <c>R</c> ready,
/// <c>B number</c> begin, <c>E number status</c> end. All other bytes are output of the command that runs.
/// </summary>
public sealed class ControlProtocol
{
    private const byte MarkStart = 1;
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    // A longer one is no mark: some program printed a byte 1.
    private const int LongestMark = 64;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly List<byte> _mark = [];
    private readonly List<byte> _output = [];
    private bool _inMark;

    /// <summary>Takes the next bytes; returns what they say.</summary>
    public IReadOnlyList<ControlEvent> Take(ReadOnlySpan<byte> bytes)
    {
        List<ControlEvent> events = [];
        foreach (byte value in bytes)
        {
            if (_inMark)
            {
                TakeMarkByte(value, events);
            }
            else if (value == MarkStart)
            {
                _inMark = true;
            }
            else if (value != CarriageReturn)
            {
                _output.Add(value);
            }
        }

        FlushOutput(events);
        return events;
    }

    private void TakeMarkByte(byte value, List<ControlEvent> events)
    {
        if (value == LineFeed)
        {
            _inMark = false;
            if (TryParseMark(Encoding.ASCII.GetString([.. _mark])) is { } mark)
            {
                FlushOutput(events);
                events.Add(mark);
            }
            else
            {
                GiveMarkBack();
                _output.Add(value);
            }

            _mark.Clear();
            return;
        }

        if (value == CarriageReturn)
        {
            return;
        }

        _mark.Add(value);
        if (_mark.Count > LongestMark)
        {
            _inMark = false;
            GiveMarkBack();
            _mark.Clear();
        }
    }

    private void GiveMarkBack()
    {
        _output.Add(MarkStart);
        _output.AddRange(_mark);
    }

    private void FlushOutput(List<ControlEvent> events)
    {
        if (_output.Count == 0)
        {
            return;
        }

        char[] characters = new char[_output.Count + 1];
        int length = _decoder.GetChars([.. _output], characters, flush: false);
        _output.Clear();
        if (length > 0)
        {
            events.Add(new ControlEvent(ControlEventKind.Output, Text: new string(characters, 0, length)));
        }
    }

    private static ControlEvent? TryParseMark(string mark) => mark.Split(' ') switch
    {
        ["R"] => new ControlEvent(ControlEventKind.Ready),
        ["B", string number] when TryParse(number, out int command) => new ControlEvent(ControlEventKind.Begin, command),
        ["E", string number, string status] when TryParse(number, out int command) && TryParse(status, out int ended) =>
            new ControlEvent(ControlEventKind.End, command, ended),
        _ => null,
    };

    private static bool TryParse(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
