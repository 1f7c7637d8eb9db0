using System;
using NooksOS.Kernel.Shell;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Shell;

public sealed class EditingALine
{
    private readonly LineEditor _editor = new("> ");
    private readonly FakeTerminal _terminal = new();

    public EditingALine() => Begin();

    private void Begin()
    {
        _editor.Begin();
        _terminal.Show(_editor.TakeEcho());
    }

    private LineEditorResult Type(string keys)
    {
        LineEditorResult result = LineEditorResult.Editing;
        foreach (char key in keys)
        {
            result = _editor.Feed((byte)key);
            _terminal.Show(_editor.TakeEcho());
        }

        return result;
    }

    private void Enter(string line)
    {
        Assert.Equal(LineEditorResult.Complete, Type(line + "\r"));
        Begin();
    }

    [Theory]
    [InlineData("abc", "abc", 3)]
    [InlineData("abc\x7f", "ab", 2)]
    [InlineData("\x7f\b", "", 0)]
    [InlineData("abc\u0001x", "xabc", 1)]
    [InlineData("abc\u001b[D\u001b[Dx", "axbc", 2)]
    [InlineData("abc\u001b[Hx\u001b[Fy", "xabcy", 5)]
    [InlineData("abcd\u001b[D\u001b[D\u0015", "cd", 0)]
    [InlineData("abcd\u001b[D\u001b[D\u000b", "ab", 2)]
    [InlineData("one two  \u0017", "one ", 4)]
    [InlineData("abc\u0001\u001b[3~", "bc", 0)]
    [InlineData("a\u001b[99;99Zb\u0000\u00e4c", "abc", 3)]
    [InlineData("ab\u001b[C\u001b[Cc", "abc", 3)]
    public void TheTerminalShowsTheLine(string keys, string line, int cursor)
    {
        Type(keys);
        Assert.Equal("> " + line, _terminal.CurrentLine);
        Assert.Equal(2 + cursor, _terminal.Column);
        Type("\r");
        Assert.Equal(line, _editor.Line);
    }

    [Fact]
    public void ReturnAndLineFeedTogetherAreOneEnd()
    {
        Assert.Equal(LineEditorResult.Complete, Type("a\r"));
        Begin();
        Assert.Equal(LineEditorResult.Editing, Type("\n"));
        Assert.Equal(LineEditorResult.Complete, Type("\n"));
    }

    [Fact]
    public void InterruptThrowsTheLineAway()
    {
        Assert.Equal(LineEditorResult.Interrupted, Type("abc\u0003"));
        Begin();
        Type("\r");
        Assert.Equal("", _editor.Line);
    }

    [Fact]
    public void HistoryIsRecalledAndTheUnfinishedLineComesBack()
    {
        Enter("first");
        Enter("second");
        Enter("second");
        Enter("  ");
        Type("new\u001b[A");
        Assert.Equal("> second", _terminal.CurrentLine);
        Type("\u001b[A\u001b[A");
        Assert.Equal("> first", _terminal.CurrentLine);
        Type("\u001b[B\u001b[B\u001b[B");
        Assert.Equal("> new", _terminal.CurrentLine);
        Type("\u001b[A!\r");
        Assert.Equal("second!", _editor.Line);
    }

    [Fact]
    public void ALineHasAnEnd()
    {
        Type(new string('x', 2000));
        Type("\r");
        Assert.Equal(1000, _editor.Line.Length);
    }

    [Fact]
    public void RandomKeysNeverShowAnythingButTheLine()
    {
        string[] keys = ["a", "b ", "\x7f", "\u0001", "\u0005", "\u000b", "\u0017", "\u001b[A", "\u001b[B", "\u001b[C", "\u001b[D", "\u001b[3~", "\r"];
        Random random = new(3);
        for (int round = 0; round < 5000; round++)
        {
            string key = keys[random.Next(keys.Length)];
            if (Type(key) == LineEditorResult.Complete)
            {
                Assert.Equal("> " + _editor.Line, _terminal.PreviousLine);
                Begin();
            }
        }
    }
}
