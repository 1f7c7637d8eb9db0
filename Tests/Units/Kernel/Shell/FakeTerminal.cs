using System;
using System.Collections.Generic;
using System.Text;

namespace NooksOS.Tests.Units.Kernel.Shell;

/// <summary>A terminal of endless width that knows backspace, line feed, and erasing to the end of the line.</summary>
internal sealed class FakeTerminal
{
    private readonly List<StringBuilder> _lines = [new StringBuilder()];

    public int Column { get; private set; }

    public string CurrentLine => _lines[^1].ToString();

    public string PreviousLine => _lines[^2].ToString();

    public void Show(string text)
    {
        for (int position = 0; position < text.Length; position++)
        {
            StringBuilder line = _lines[^1];
            switch (text[position])
            {
                case '\b':
                    Column--;
                    break;
                case '\n':
                    _lines.Add(new StringBuilder());
                    Column = 0;
                    break;
                case '\u001b' when text.AsSpan(position).StartsWith("\u001b[K", StringComparison.Ordinal):
                    line.Length = Column;
                    position += 2;
                    break;
                default:
                    if (Column < line.Length)
                    {
                        line[Column] = text[position];
                    }
                    else
                    {
                        line.Append(text[position]);
                    }

                    Column++;
                    break;
            }
        }
    }
}
