using System;
using System.Runtime.InteropServices;
using System.Text;
using NooksOS.Kernel.Console;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Console;

public sealed unsafe class ScreenContents : IDisposable
{
    private const int Columns = 10;
    private const int Rows = 3;

    private readonly void* _cells = NativeMemory.Alloc(Columns * Rows);
    private TerminalGrid _grid;

    public ScreenContents() => _grid.Initialize((byte*)_cells, Columns, Rows);

    public void Dispose() => NativeMemory.Free(_cells);

    private string Row(int row) => Encoding.ASCII.GetString((byte*)_cells + (row * Columns), Columns).TrimEnd();

    private void Write(string text) => _grid.Write(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void TextWrapsAndScrolls()
    {
        Write("0123456789");
        Assert.Equal((10, 0), (_grid.CursorColumn, _grid.CursorRow));
        Write("ab\ncd\nef");
        Assert.Equal(["ab", "cd", "ef"], [Row(0), Row(1), Row(2)]);
        Assert.Equal((2, 2), (_grid.CursorColumn, _grid.CursorRow));
    }

    [Fact]
    public void BackspaceMovesAndDoesNotErase()
    {
        Write("abc\b\bX");
        Assert.Equal("aXc", Row(0));
        Write("\r\b\bY");
        Assert.Equal("YXc", Row(0));
    }

    [Theory]
    [InlineData("abcdef\u001b[3D\u001b[K", "abc", 3, 0)]
    [InlineData("abc\u001b[2J\u001b[Hx", "x", 1, 0)]
    [InlineData("abc\u001b[2;4Hx\u001b[1;1Hy", "ybc", 1, 0)]
    [InlineData("abc\u001b[99;99H", "abc", 9, 2)]
    [InlineData("ab\u001b[31;1mc\u001b[0m", "abc", 3, 0)]
    [InlineData("a\tb", "a       b", 9, 0)]
    [InlineData("gr\u00fc\u00dfe", "gr??e", 5, 0)]
    [InlineData("a\u001bXb\u0007c", "abc", 3, 0)]
    public void SequencesAreObeyedOrSkipped(string text, string firstRow, int column, int row)
    {
        Write(text);
        Assert.Equal(firstRow, Row(0));
        Assert.Equal((column, row), (_grid.CursorColumn, _grid.CursorRow));
    }

    [Fact]
    public void ChangesCoverTheCursorsOldAndNewRow()
    {
        _grid.TakeChanges();
        Write("\u001b[3;1Hx");
        Assert.Equal((0, 3), (_grid.FirstChangedRow, _grid.ChangedRowLimit));
        _grid.TakeChanges();
        Assert.True(_grid.FirstChangedRow >= _grid.ChangedRowLimit);
        Write("y");
        Assert.Equal((2, 3), (_grid.FirstChangedRow, _grid.ChangedRowLimit));
    }

    [Fact]
    public void RandomBytesStayOnTheScreen()
    {
        Random random = new(5);
        byte[] bytes = new byte[64];
        for (int round = 0; round < 5000; round++)
        {
            random.NextBytes(bytes);
            bytes[random.Next(60)] = 0x1B;
            bytes[random.Next(60)] = (byte)'[';
            _grid.Write(bytes);
            Assert.InRange(_grid.CursorColumn, 0, Columns);
            Assert.InRange(_grid.CursorRow, 0, Rows - 1);
        }
    }

    [Fact]
    public void EveryPrintableCharacterButTheBlankHasDots()
    {
        for (byte character = 0; character < byte.MaxValue; character++)
        {
            int dots = 0;
            for (int row = 0; row < ScreenFont.CellHeight; row++)
            {
                dots += byte.PopCount(ScreenFont.GetRow(character, row));
            }

            Assert.Equal(character is > (byte)' ' and < 0x7F, dots > 0);
        }
    }
}
